using System.Runtime.InteropServices;
using Dictation.Espeak;

// Answers on the standard output what is asked on the standard input, until that ends: with the process that asks.

// The terminal and the system's manager tell every process to end. This one is needed until the service has spoken what it has begun.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);

using var requests = new BinaryReader(Console.OpenStandardInput());
using var answers = new BinaryWriter(new BufferedStream(Console.OpenStandardOutput(), 1 << 16));

var library = EspeakLibrary.Open();
answers.Write(library?.Identity);
answers.Flush();
while (library is not null && requests.BaseStream.ReadByte() is >= 0 and var request)
{
    var (voice, text) = (requests.ReadString(), requests.ReadString());
    var isFound = library.TrySetVoice(voice);
    answers.Write(isFound);
    if (isFound)
    {
        switch ((EspeakWire.Request)request)
        {
            case EspeakWire.Request.Read:
                answers.Write(library.Read(text));
                break;
            case EspeakWire.Request.Speak:
                answers.Write(library.Speak(text));
                break;
        }
    }

    answers.Flush();
}
