global using LoopLynx.Contract;
global using LoopLynx.Hdl;
global using LoopLynx.Hdl.Netlist;
global using static LoopLynx.Hdl.Hardware;

[assembly: NamesFromLocals]
