using System.Globalization;
using System.Reflection;
using Dictation.Application.Abstractions;
using Dictation.WebApi.Auth;
using Dictation.WebApi.Errors;
using Dictation.WebApi.Wire;
using MediatR;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Dictation.WebApi.OpenApi;

/// <summary>Completes each operation: the bounds, defaults and examples of its parameters, and every status that it answers with.</summary>
internal sealed class OperationRules(RequestRules rules) : IOperationProcessor
{
    private const string Events = "text/event-stream";

    private static readonly Dictionary<int, string> Failures = new()
    {
        [StatusCodes.Status400BadRequest] = "The request cannot be read: the body is missing or no JSON.",
        [StatusCodes.Status401Unauthorized] = "The operator has set keys, and the request has none that is known.",
        [StatusCodes.Status403Forbidden] = "The key lacks the scope that is needed.",
        [StatusCodes.Status404NotFound] = "Nothing has this id.",
        [StatusCodes.Status408RequestTimeout] = "The body did not arrive in time.",
        [StatusCodes.Status409Conflict] = "The request does not fit the state that the thing is in.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is larger than the service takes; /metadata tells the limit.",
        [StatusCodes.Status415UnsupportedMediaType] = "The body is not declared as JSON.",
        [StatusCodes.Status416RangeNotSatisfiable] = "The range lies outside the audio.",
        [StatusCodes.Status422UnprocessableEntity] = "Something in the request is not valid: 'errors' names each field.",
        [StatusCodes.Status429TooManyRequests] = "Too many requests, or too many wrong keys. Try again after 'Retry-After' seconds.",
        [StatusCodes.Status500InternalServerError] = "A bug of the service; its log says more under the 'request_id'.",
        [StatusCodes.Status503ServiceUnavailable] = "The queue is full, the engine is not running, or too many requests are under way: nothing was stored. Try again after 'Retry-After' seconds.",
    };

    public bool Process(OperationProcessorContext context)
    {
        var action = ((AspNetCoreOperationProcessorContext)context).ApiDescription;
        var operation = context.OperationDescription.Operation;
        foreach (var parameter in action.ParameterDescriptions)
        {
            if (parameter.ModelMetadata.ContainerType is { } container && container.IsAssignableTo(typeof(IBaseRequest)))
            {
                Complete(operation.Parameters.Single(p => p.Name == parameter.Name), container, parameter.ModelMetadata.PropertyName!);
            }
        }

        foreach (var (status, response) in operation.Responses)
        {
            Complete(status, response);
        }

        foreach (var header in context.MethodInfo.GetCustomAttributes<AnswersHeaderAttribute>())
        {
            operation.Responses.Values.Single().Headers[header.Name] = Header(header.Description);
        }

        if (operation.RequestBody is { } body)
        {
            body.Description = context.OperationDescription.Operation.Summary;
        }

        var audio = context.MethodInfo.GetCustomAttribute<ProducesAudioAttribute>();
        if (audio is not null)
        {
            AddAudio(operation, audio, hasBody: context.OperationDescription.Method != OpenApiOperationMethod.Head);
        }

        if (context.MethodInfo.GetCustomAttribute<AlsoPlsAttribute>() is not null)
        {
            operation.Responses["200"].Content[PlsFormat.MediaType] = new OpenApiMediaType { Schema = new JsonSchema { Type = JsonObjectType.String } };
        }

        if (context.MethodInfo.GetCustomAttribute<ProducesEventsAttribute>() is { Data: var data })
        {
            AddEvents(context, data);
        }

        AddFailures(context, action, audio);
        return true;
    }

    private static void AddEvents(OperationProcessorContext context, Type data)
    {
        // Generates the schema, to which the description refers: OpenAPI 3.0 has no words for the parts of a stream.
        var name = context.SchemaGenerator.Generate(data, context.SchemaResolver).ActualSchema;
        var schema = context.Document.Definitions.Single(d => d.Value == name).Key;
        var responses = context.OperationDescription.Operation.Responses;
        responses.Clear();
        responses["200"] = new OpenApiResponse
        {
            Description = $"Server-sent events; the data of each is a {schema}. The stream ends with the task.",
            Content = { [Events] = new OpenApiMediaType { Schema = Binary() } },
        };
    }

    /// <summary>Adds the statuses that follow from what the operation takes, and those that it declares.</summary>
    private static void AddFailures(OperationProcessorContext context, ApiDescription action, ProducesAudioAttribute? audio)
    {
        var operation = context.OperationDescription.Operation;
        var validated = operation.RequestBody is not null || action.ParameterDescriptions.Any(p => p.Source == BindingSource.Query);
        int[] fromBody = operation.RequestBody is null ? [] : [StatusCodes.Status400BadRequest, StatusCodes.Status408RequestTimeout, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];
        int[] fromRange = audio is null or { Live: true } ? [] : [StatusCodes.Status416RangeNotSatisfiable];
        var scope = ScopePolicies.FromMetadata(action.ActionDescriptor.EndpointMetadata, context.OperationDescription.Method);
        int[] fromKeys = scope is null ? [] : [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable];
        if (scope is not null)
        {
            operation.Description = $"Needs the scope '{scope}', where the operator has set keys.";
        }

        int[] fromRules = validated ? [StatusCodes.Status422UnprocessableEntity] : [];
        var failures = context.MethodInfo.GetCustomAttribute<FailsAttribute>()?.Statuses ?? [];
        foreach (var status in failures.Concat(fromKeys).Concat(fromBody).Concat(fromRange).Concat(fromRules).Append(StatusCodes.Status500InternalServerError).Order())
        {
            AddFailure(context, status);
        }
    }

    private void Complete(OpenApiParameter parameter, Type request, string property)
    {
        // A parameter is left out, not null.
        parameter.Schema.IsNullableRaw = null;
        if (parameter.Schema.OneOf.Count == 1 && parameter.Schema.OneOf.Single() is { HasReference: true } only)
        {
            parameter.Schema = new JsonSchema { Reference = only.Reference };
        }

        if (rules.For(request).TryGetValue(parameter.Name, out var field))
        {
            SchemaRules.Apply(field.Bounds, parameter.Schema);
            parameter.Description = SchemaRules.Describe(parameter.Description, field);
            parameter.IsRequired = field.Bounds.Required;

            // Generated clients have a type of their own for it.
            parameter.Schema.Description = field.Bounds.OneOf is null ? null : parameter.Description;
        }

        var constructed = request.GetConstructors().SelectMany(c => c.GetParameters()).FirstOrDefault(p => p.Name == property);
        if (constructed?.DefaultValue is { } value and not DBNull)
        {
            parameter.Schema.Default = value;
        }

        parameter.Example = Examples.OfProperty(request, property);
    }

    private static void Complete(string status, OpenApiResponse response)
    {
        if (status == "503")
        {
            response.Description = "A part does not work.";
        }

        if (status == "201" && response.Schema is not null)
        {
            response.Headers["Location"] = Header("The address of the new resource, when there is one.");
        }
    }

    private static void AddAudio(OpenApiOperation operation, ProducesAudioAttribute audio, bool hasBody)
    {
        string[] types = audio.AnyFormat ? [.. Enum.GetValues<AudioFormat>().Select(f => f.MediaType())] : [AudioFormat.Wav.MediaType()];
        var description = audio.AnyFormat ? "The audio, mono, in the format asked for." : "The audio: WAV, 16 bits, mono.";
        operation.Responses.Clear();
        if (audio.Live)
        {
            Add("200", description, [.. types, Events]).Headers["X-Conversion-Id"] = Header("The task that speaks the text.");
            return;
        }

        operation.Parameters.Add(HeaderParameter("Range", "A part of the audio, in bytes, such as bytes=0-1023. Honoured for WAV only."));
        operation.Parameters.Add(HeaderParameter("If-None-Match", "The ETag of what the client has already."));
        foreach (var (status, says) in new[] { ("200", description), ("206", "The part of the audio that 'Range' asked for.") })
        {
            var response = Add(status, says, types);
            response.Headers["ETag"] = Header("Changes when the audio does.");
            response.Headers["Content-Disposition"] = Header("The file's name.");
        }

        operation.Responses["304"] = new OpenApiResponse { Description = "It is still what 'If-None-Match' names." };

        OpenApiResponse Add(string status, string says, string[] contents)
        {
            var response = new OpenApiResponse { Description = says };
            foreach (var type in hasBody ? contents : [])
            {
                response.Content[type] = new OpenApiMediaType { Schema = Binary() };
            }

            return operation.Responses[status] = response;
        }
    }

    private static void AddFailure(OperationProcessorContext context, int status)
    {
        var response = new OpenApiResponse { Description = Failures[status] };
        if (context.OperationDescription.Method != OpenApiOperationMethod.Head)
        {
            var schema = context.SchemaGenerator.GenerateWithReference<JsonSchema>(Namotion.Reflection.ContextualTypeExtensions.ToContextualType(typeof(ErrorResponse)), context.SchemaResolver);
            response.Content[ErrorWriter.ContentType] = new OpenApiMediaType { Schema = schema };
        }

        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            response.Headers["Retry-After"] = Header("Seconds.");
        }

        context.OperationDescription.Operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), response);
    }

    private static JsonSchema Binary() => new() { Type = JsonObjectType.String, Format = JsonFormatStrings.Binary };

    private static OpenApiParameter HeaderParameter(string name, string description) =>
        new() { Name = name, Kind = OpenApiParameterKind.Header, Description = description, Schema = new JsonSchema { Type = JsonObjectType.String } };

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new JsonSchema { Type = JsonObjectType.String } };
}
