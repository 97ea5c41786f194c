namespace LoopLynx.Hdl;

/// <summary>How a subordinate answers: BRESP and RRESP. Members are literals: <c>response.Drive(AxiResponse.DecodeError)</c>.</summary>
public enum AxiResponse
{
    /// <summary>OKAY: done.</summary>
    Okay,

    /// <summary>EXOKAY: an exclusive access succeeded.</summary>
    ExclusiveOkay,

    /// <summary>SLVERR: the address exists, but the access failed.</summary>
    SubordinateError,

    /// <summary>DECERR: there is nothing at the address.</summary>
    DecodeError,
}
