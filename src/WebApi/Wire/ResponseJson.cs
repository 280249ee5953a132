using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;
using Dictation.Application.Health;
using Dictation.Application.Items;
using Dictation.Application.Lexicons;
using Dictation.Application.Stats;
using Dictation.Application.Tags;
using Dictation.Application.Tts;

namespace Dictation.WebApi.Wire;

/// <summary>How each response is written, made at build time: none is taken apart by reflection. A test finds the one that is missing here.</summary>
[JsonSerializable(typeof(TtsTaskResponse))]
[JsonSerializable(typeof(IReadOnlyList<TtsTaskResponse>))]
[JsonSerializable(typeof(ConvertTextResponse))]
[JsonSerializable(typeof(ConvertTextsResponse))]
[JsonSerializable(typeof(TimingsResponse))]
[JsonSerializable(typeof(TaskStep))]
[JsonSerializable(typeof(TtsStatistics))]
[JsonSerializable(typeof(CleanUpResponse))]
[JsonSerializable(typeof(VoicesResponse))]
[JsonSerializable(typeof(LanguagesResponse))]
[JsonSerializable(typeof(ItemResponse))]
[JsonSerializable(typeof(CreateItemsResponse))]
[JsonSerializable(typeof(ItemTtsStatusResponse))]
[JsonSerializable(typeof(ListItemsResponse))]
[JsonSerializable(typeof(RateItemResponse))]
[JsonSerializable(typeof(RetagItemResponse))]
[JsonSerializable(typeof(AttemptResponse))]
[JsonSerializable(typeof(ListAttemptsResponse))]
[JsonSerializable(typeof(ItemStatsResponse))]
[JsonSerializable(typeof(PracticeLogResponse))]
[JsonSerializable(typeof(ProgressResponse))]
[JsonSerializable(typeof(SummaryResponse))]
[JsonSerializable(typeof(ListTagsResponse))]
[JsonSerializable(typeof(TagResponse))]
[JsonSerializable(typeof(LexiconResponse))]
[JsonSerializable(typeof(NormalizeTextResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(LivenessResponse))]
[JsonSerializable(typeof(MetadataResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class ResponseJson : JsonSerializerContext;
