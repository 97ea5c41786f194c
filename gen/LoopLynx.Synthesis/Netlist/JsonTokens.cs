using System.Text;
using System.Text.Json;

namespace LoopLynx.Synthesis.Netlist;

/// <summary>
/// Reads JSON token by token from a stream, in memory that doesn't grow with the file: netlists of a whole machine have hundreds of megabytes.
/// </summary>
internal sealed class JsonTokens(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _last;
    private JsonReaderState _state;
    private int _valueStart;
    private int _valueLength;
    private string? _unescaped;

    /// <summary>The token that was read last.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>The token's text as UTF-8, without quotation marks; valid until the next token.</summary>
    public ReadOnlySpan<byte> Value => _buffer.AsSpan(_valueStart, _valueLength);

    /// <summary>The token's text.</summary>
    public string Text => _unescaped ?? Encoding.UTF8.GetString(Value);

    /// <summary>Goes to the next token; an error where there is none.</summary>
    public void Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _last, _state);
            if (reader.Read())
            {
                Type = reader.TokenType;
                var quoted = Type is JsonTokenType.String or JsonTokenType.PropertyName;
                _valueStart = _start + (int)reader.TokenStartIndex + (quoted ? 1 : 0);
                _valueLength = reader.ValueSpan.Length;
                _unescaped = reader.ValueIsEscaped ? reader.GetString() : null;
                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                return;
            }

            _start += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            if (_last)
            {
                throw new JsonException("the file ends too early");
            }

            Refill();
        }
    }

    /// <summary>Goes to the next token, which must be of that type.</summary>
    public void Expect(JsonTokenType type)
    {
        Next();
        if (Type != type)
        {
            throw new JsonException($"a {type} was expected, not a {Type}");
        }
    }

    /// <summary>Whether the open object has a further property; its name is the token then, and the value comes next.</summary>
    public bool Property()
    {
        Next();
        return Type == JsonTokenType.PropertyName;
    }

    /// <summary>Passes over the value that comes next.</summary>
    public void Skip()
    {
        var depth = 0;
        do
        {
            Next();
            depth += Type switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
        while (depth > 0);
    }

    private void Refill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _last = read == 0;
    }
}
