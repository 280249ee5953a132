using System.Text;
using Dictation.WebApi.Errors;
using Dictation.WebApi.Wire;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dictation.WebApi.Hosting;

/// <summary>MVC as this service uses it: JSON in UTF-8 under the wire's names, values from route and query, errors in one shape.</summary>
internal static class MvcServices
{
    public static void AddApiControllers(this IServiceCollection services) => services.AddMvcCore(Configure)
        .AddApiExplorer()
        .AddCors()
        .AddDataAnnotations()
        .AddJsonOptions(o =>
        {
            // The reader's exceptions, not its sentences: ModelStateErrors says it in ours.
            o.AllowInputFormatterExceptionMessages = false;
            Json.Configure(o.JsonSerializerOptions);
        })
        .ConfigureApiBehaviorOptions(o =>
        {
            o.SuppressMapClientErrors = true;
            o.InvalidModelStateResponseFactory = ModelStateErrors.Answer;
        });

    private static void Configure(MvcOptions options)
    {
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        options.ModelMetadataDetailsProviders.Add(new RequestBinding());

        // There are no forms to look into.
        foreach (var form in options.ValueProviderFactories.Where(f => f is not (RouteValueProviderFactory or QueryStringValueProviderFactory)).ToList())
        {
            options.ValueProviderFactories.Remove(form);
        }

        foreach (var formatter in options.InputFormatters.OfType<TextInputFormatter>().ToList())
        {
            // JSON is UTF-8. A body that declares something else, and is not, would fail in the reader.
            formatter.SupportedEncodings.Clear();
            formatter.SupportedEncodings.Add(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            options.InputFormatters[options.InputFormatters.IndexOf(formatter)] = new RequestBodies(formatter);
        }

        options.InputFormatters.Add(new PlsFormat());
    }
}
