# The steps. Nothing is left to inference from names alone: what Vivado has found by itself is removed first.
set folder [file dirname [file normalize [info script]]]
set work [file join $folder _package]
set ip [file join $work ip]
set xo [file join $folder $kernel.xo]

proc in_folder {folder names} {
    set paths {}
    foreach name $names {
        lappend paths [file join $folder $name]
    }
    return $paths
}

# A bus parameter that says what the ports can't.
proc bus_parameter {bus name value} {
    ipx::add_bus_parameter $name $bus
    set_property value $value [ipx::get_bus_parameters $name -of_objects $bus]
}

file delete -force $work
file mkdir $work
create_project -force $kernel [file join $work project] -part $part
add_files -norecurse [in_folder $folder $sources]
add_files -fileset constrs_1 -norecurse [in_folder $folder [list $constraints $own_constraints]]
set_property USED_IN {synthesis implementation} [get_files $constraints]
set_property USED_IN {synthesis implementation out_of_context} [get_files $own_constraints]
set_property top $kernel [current_fileset]
update_compile_order -fileset sources_1

ipx::package_project -root_dir $ip -vendor $vendor -library $library -taxonomy /KernelIP -import_files -set_current true -force
set core [ipx::current_core]
set_property name $kernel $core
set_property version $version $core
set_property display_name $kernel $core
set_property core_revision 1 $core
set_property sdx_kernel true $core
set_property sdx_kernel_type rtl $core
set_property vitis_drc [list ctrl_protocol $protocol] $core
set_property ipi_drc {ignore_freq_hz true} $core
set_property supported_families {} $core
set_property auto_family_support_level level_2 $core

ipx::remove_all_bus_interface $core
foreach map [ipx::get_memory_maps * -of_objects $core] {
    ipx::remove_memory_map [get_property name $map] $core
}
foreach space [ipx::get_address_spaces * -of_objects $core] {
    ipx::remove_address_space [get_property name $space] $core
}

ipx::infer_bus_interface ap_clk xilinx.com:signal:clock_rtl:1.0 $core
ipx::infer_bus_interface ap_rst_n xilinx.com:signal:reset_rtl:1.0 $core
ipx::infer_bus_interface interrupt xilinx.com:signal:interrupt_rtl:1.0 $core
bus_parameter [ipx::get_bus_interfaces ap_rst_n -of_objects $core] POLARITY ACTIVE_LOW
bus_parameter [ipx::get_bus_interfaces ap_clk -of_objects $core] ASSOCIATED_RESET ap_rst_n
foreach bus $buses {
    lassign $bus name mode kind ports
    ipx::infer_bus_interface $ports xilinx.com:interface:${kind}_rtl:1.0 $core
    ipx::associate_bus_interfaces -busif $name -clock ap_clk $core
    if {$kind eq "aximm" && $mode eq "master"} {
        set interface [ipx::get_bus_interfaces $name -of_objects $core]
        ipx::add_address_space $name $core
        set space [ipx::get_address_spaces $name -of_objects $core]
        set_property range 16E $space
        set_property width 64 $space
        set_property master_address_space_ref $name $interface
        bus_parameter $interface HAS_BURST 0
        bus_parameter $interface SUPPORTS_NARROW_BURST 0
        bus_parameter $interface MAX_BURST_LENGTH $burst_beats
        bus_parameter $interface NUM_READ_OUTSTANDING $outstanding
        bus_parameter $interface NUM_WRITE_OUTSTANDING $outstanding
    }
}

ipx::add_memory_map s_axi_control $core
set map [ipx::get_memory_maps s_axi_control -of_objects $core]
set_property slave_memory_map_ref s_axi_control [ipx::get_bus_interfaces s_axi_control -of_objects $core]
ipx::add_address_block reg0 $map
set block [ipx::get_address_blocks reg0 -of_objects $map]
set_property range $register_bytes $block
set_property width 32 $block
foreach register $registers {
    lassign $register name offset bits port meaning
    ipx::add_register $name $block
    set object [ipx::get_registers $name -of_objects $block]
    set_property description $meaning $object
    set_property address_offset $offset $object
    set_property size $bits $object
    if {$port ne ""} {
        ipx::add_register_parameter ASSOCIATED_BUSIF $object
        set_property value $port [ipx::get_register_parameters ASSOCIATED_BUSIF -of_objects $object]
    }
}

ipx::create_xgui_files $core
ipx::update_checksums $core
ipx::check_integrity -kernel -xrt $core
ipx::save_core $core
close_project
package_xo -force -xo_path $xo -kernel_name $kernel -ip_directory $ip -kernel_xml [file join $folder kernel.xml]
