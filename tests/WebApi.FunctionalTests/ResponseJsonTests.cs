using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Every response is written by code that was made at build time.</summary>
public sealed class ResponseJsonTests
{
    [TestCaseSource(nameof(Responses))]
    public void Response_IsWrittenWithoutReflection(Type response)
    {
        var context = typeof(Program).Assembly.GetType("Dictation.WebApi.Wire.ResponseJson")!;
        var known = (JsonSerializerContext)context.GetProperty("Default")!.GetValue(null)!;
        Assert.That(known.GetTypeInfo(response), Is.Not.Null, $"add [JsonSerializable(typeof({response.Name}))] to ResponseJson");
    }

    private static IEnumerable<Type> Responses() => typeof(Program).Assembly.GetTypes()
        .Where(t => t.IsAssignableTo(typeof(ControllerBase)) && !t.IsAbstract)
        .SelectMany(t => t.GetMethods().Where(m => m.DeclaringType == t && m.IsPublic))
        .Select(m => m.ReturnType is { IsGenericType: true } task ? task.GenericTypeArguments[0] : m.ReturnType)
        .Select(t => t is { IsGenericType: true } result && result.GetGenericTypeDefinition() == typeof(ActionResult<>) ? result.GenericTypeArguments[0] : t)
        .Where(t => t != typeof(Task) && !t.IsAssignableTo(typeof(IActionResult)))
        .Distinct();
}
