// Two namespaces that need each other, for FolderCycleTests to find.
namespace Dictation.WebApi.FunctionalTests.Planted.One
{
    public static class First
    {
        public static int Number => Two.Second.Number + 1;
    }
}

namespace Dictation.WebApi.FunctionalTests.Planted.Two
{
    public static class Second
    {
        public static int Number => DateTime.MaxValue.Year == 0 ? One.First.Number : 0;
    }
}
