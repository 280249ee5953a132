using System.Reflection;
using System.Text.Json.Serialization;
using Dictation.Application;
using MediatR;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Dictation.WebApi.Wire;

/// <summary>
/// How requests are read from a query: under the wire's names, and only members that clients may set. A member that a body could not set either
/// (<see cref="JsonIgnoreAttribute"/>) comes from the address.
/// </summary>
internal sealed class RequestBinding : IBindingMetadataProvider, IDisplayMetadataProvider
{
    public void CreateBindingMetadata(BindingMetadataProviderContext context)
    {
        var (container, name) = context.Key switch
        {
            { MetadataKind: ModelMetadataKind.Property, ContainerType: { } type, Name: { } property } => (type, property),
            { MetadataKind: ModelMetadataKind.Parameter, ParameterInfo: { Member: ConstructorInfo { DeclaringType: { } type }, Name: { } parameter } } => (type, parameter),
            _ => (null, null),
        };
        if (container is null || name is null || !container.IsAssignableTo(typeof(IBaseRequest)))
        {
            return;
        }

        context.BindingMetadata.BinderModelName ??= WireNames.For(name);
        if (context.Attributes.OfType<JsonIgnoreAttribute>().Any())
        {
            context.BindingMetadata.IsBindingAllowed = false;
        }
    }

    /// <summary>A part of the address that is blank is an id that nothing has, and not null.</summary>
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key is { MetadataKind: ModelMetadataKind.Parameter, ParameterInfo.Member: MethodInfo })
        {
            context.DisplayMetadata.ConvertEmptyStringToNull = false;
        }
    }
}
