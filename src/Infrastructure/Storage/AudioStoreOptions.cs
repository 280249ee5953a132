using System.ComponentModel.DataAnnotations;

namespace Dictation.Infrastructure.Storage;

/// <summary>The section <c>Audio</c>.</summary>
public sealed class AudioStoreOptions
{
    public const string Section = "Audio";

    /// <summary>Where audio files live; made at start when it is not there.</summary>
    [Required(ErrorMessage = "Audio:Directory is required.")]
    public string Directory { get; set; } = "";
}
