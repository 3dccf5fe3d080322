package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codings that a section offers, and those of them that Amphi speaks. */
final class OfferedFormats {
  /** What Amphi can do with each kind of feedback, in the order of the answer. */
  private static final List<String> VIDEO_FEEDBACK =
      List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");

  private static final List<String> AUDIO_FEEDBACK = List.of("transport-cc", "nack");

  private final MediaDescription section;

  OfferedFormats(MediaDescription section) {
    this.section = section;
  }

  /**
   * The acceptable codings in the far side's order of preference, one payload type for each: of
   * several H.264 types the one nearest to constrained baseline.
   */
  List<PayloadFormat> accepted(Kind kind) {
    Map<Codec, PayloadFormat> best = new EnumMap<>(Codec.class);
    List<Codec> order = new ArrayList<>();
    for (String type : section.formats()) {
      Optional<Codec> codec = codec(type, kind);
      if (codec.isPresent() && suits(codec.get(), type)) {
        if (!order.contains(codec.get())) {
          order.add(codec.get());
          best.put(codec.get(), format(codec.get(), type));
        } else if (codec.get() == Codec.H264
            && constrained(type)
            && !constrained(best.get(Codec.H264))) {
          best.put(codec.get(), format(codec.get(), type));
        }
      }
    }
    return order.stream().map(best::get).toList();
  }

  /** The names of what was offered, for the sentence that turns it down. */
  String names() {
    List<String> names =
        section.formats().stream()
            .map(type -> encoding(type).split("/", -1)[0])
            .filter(name -> !name.isEmpty())
            .distinct()
            .limit(8)
            .toList();
    return names.isEmpty() ? "no coding by name" : String.join(", ", names);
  }

  private Optional<Codec> codec(String type, Kind kind) {
    if (!type.matches("\\d{1,3}") || Integer.parseInt(type) > 127) {
      return Optional.empty();
    }
    String encoding = encoding(type).toLowerCase(Locale.ROOT);
    if (kind == Kind.AUDIO) {
      return encoding.equals("opus/48000/2") ? Optional.of(Codec.OPUS) : Optional.empty();
    }
    return switch (encoding) {
      case "vp8/90000" -> Optional.of(Codec.VP8);
      case "h264/90000" -> Optional.of(Codec.H264);
      case "vp9/90000" -> Optional.of(Codec.VP9);
      case "av1/90000" -> Optional.of(Codec.AV1);
      default -> Optional.empty();
    };
  }

  private String encoding(String type) {
    return valueFor("rtpmap", type).findFirst().orElse("");
  }

  private FormatParameters parameters(String type) {
    return valueFor("fmtp", type)
        .findFirst()
        .map(FormatParameters::parse)
        .orElse(FormatParameters.NONE);
  }

  /** What follows the payload type in the lines with this name. */
  private Stream<String> valueFor(String name, String type) {
    String prefix = type + " ";
    return section
        .attributes()
        .all(name)
        .filter(value -> value.startsWith(prefix))
        .map(value -> value.substring(prefix.length()).strip());
  }

  /**
   * RFC 6184 §8.1: packetization-mode 1 and the baseline profile, constrained or not; of VP9 (RFC
   * 9628 §6) and AV1 (its payload format §7.2) profile 0, which browsers decode.
   */
  private boolean suits(Codec codec, String type) {
    if (codec == Codec.VP9) {
      return parameters(type).get("profile-id", "0").equals("0");
    }
    if (codec == Codec.AV1) {
      return parameters(type).get("profile", "0").equals("0");
    }
    if (codec != Codec.H264) {
      return true;
    }
    FormatParameters parameters = parameters(type);
    return parameters.get("packetization-mode", "0").equals("1")
        && profile(parameters).startsWith("42");
  }

  private static String profile(FormatParameters parameters) {
    return parameters.get("profile-level-id", "42000a").toLowerCase(Locale.ROOT);
  }

  /** Whether {@code constraint_set1_flag} is set: the second byte of profile-level-id. */
  private static boolean constrained(FormatParameters parameters) {
    String profile = profile(parameters);
    return profile.length() == 6 && (Character.digit(profile.charAt(2), 16) & 4) != 0;
  }

  private boolean constrained(String type) {
    return constrained(parameters(type));
  }

  private boolean constrained(@org.jspecify.annotations.Nullable PayloadFormat format) {
    return format != null && constrained(String.valueOf(format.payloadType()));
  }

  private PayloadFormat format(Codec codec, String type) {
    return new PayloadFormat(
        codec,
        Integer.parseInt(type),
        retransmission(type),
        codec == Codec.OPUS ? red(type) : parity(),
        answered(codec, type),
        feedback(codec, type));
  }

  private String answered(Codec codec, String type) {
    return switch (codec) {
      case OPUS -> "minptime=10;useinbandfec=1" + kept(parameters(type));
      case VP8 -> "";
      case VP9 -> "profile-id=0";
      // §7.2.3: the answer says what it can take; nothing decodes here, so what was offered.
      case AV1 -> level(parameters(type));
      // RFC 6184 §8.2.2: the answer repeats the profile; the level may differ by direction.
      case H264 ->
          "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id="
              + profile(parameters(type));
    };
  }

  private static String level(FormatParameters offered) {
    return Stream.of("level-idx", "tier")
        .filter(name -> offered.get(name, "").matches("\\d{1,2}"))
        .map(name -> ";" + name + "=" + offered.get(name, ""))
        .collect(Collectors.joining("", "profile=0", ""));
  }

  /** Two channels and silence that is not sent: as the far side wants it (RFC 7587 §7). */
  private static String kept(FormatParameters offered) {
    return Stream.of("stereo", "sprop-stereo", "usedtx")
        .filter(name -> offered.get(name, "0").equals("1"))
        .map(name -> ";" + name + "=1")
        .collect(Collectors.joining());
  }

  /** The type whose packets hold only frames of this type (RFC 2198 §5), or -1. */
  private int red(String type) {
    return typed("red/48000/2")
        .filter(
            other ->
                valueFor("fmtp", other)
                    .anyMatch(value -> Arrays.stream(value.split("/", -1)).allMatch(type::equals)))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(-1);
  }

  private int parity() {
    return typed("flexfec-03/90000").mapToInt(Integer::parseInt).findFirst().orElse(-1);
  }

  private Stream<String> typed(String encoding) {
    return section.formats().stream()
        .filter(type -> type.matches("\\d{1,3}") && Integer.parseInt(type) <= 127)
        .filter(type -> encoding(type).equalsIgnoreCase(encoding));
  }

  private int retransmission(String type) {
    for (String other : section.formats()) {
      if (encoding(other).toLowerCase(Locale.ROOT).startsWith("rtx/")
          && parameters(other).get("apt", "").equals(type)
          && other.matches("\\d{1,3}")) {
        return Integer.parseInt(other);
      }
    }
    return -1;
  }

  private List<String> feedback(Codec codec, String type) {
    List<String> offered =
        Stream.concat(valueFor("rtcp-fb", type), valueFor("rtcp-fb", "*")).toList();
    return (codec == Codec.OPUS ? AUDIO_FEEDBACK : VIDEO_FEEDBACK)
        .stream().filter(offered::contains).toList();
  }
}
