package dev.amphi.interactive.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.amphi.interactive.api.PictureChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a client's messages; whatever has not the documented form is refused with a sentence. */
public final class ClientDecoder {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_ID = 128;
  private static final int MAX_TOKEN = 8192;
  private static final int MAX_CHAT = 2000;
  private static final int MAX_PIXELS = 16_384;
  private static final int MAX_QUESTION = 300;
  private static final int MAX_OPTION = 100;

  private final ObjectMapper mapper = BoundedJson.reader(MAX_DEPTH, SdpParser.MAX_LENGTH, 20);

  /**
   * Reads one message.
   *
   * @throws Refusal 400 {@code malformed}; the number that an error has to name is unknown then
   */
  public ClientEnvelope decode(String text) throws Refusal {
    JsonFields fields = fields(text);
    return new ClientEnvelope(
        fields.number("n", 1), fields.has("ack") ? fields.number("ack", 0) : 0, message(fields));
  }

  /** The {@code n} of a message whose rest could not be read, or 0. */
  public long numberOf(String text) {
    try {
      return fields(text).number("n", 1);
    } catch (Refusal unreadable) {
      return 0; // Then the error names no command.
    }
  }

  private JsonFields fields(String text) throws Refusal {
    try {
      JsonNode node = mapper.readTree(text);
      if (node == null || !node.isObject()) {
        throw JsonFields.malformed("A message must be one JSON object.");
      }
      return new JsonFields(node);
    } catch (JsonProcessingException e) {
      throw JsonFields.malformed(
          "The message is not JSON within the limits (depth "
              + MAX_DEPTH
              + ", strings of "
              + SdpParser.MAX_LENGTH
              + " characters).");
    }
  }

  private static ClientMessage message(JsonFields fields) throws Refusal {
    String type = fields.text("type", 32);
    return switch (type) {
      case "hello" -> hello(fields);
      case "token" -> new ClientMessage.Token(fields.text("token", MAX_TOKEN));
      case "offer" -> offer(fields);
      case "subscribe" ->
          new ClientMessage.Subscribe(fields.text("mid", 32), fields.optionalText("track", MAX_ID));
      case "view" -> view(fields);
      case "mute" ->
          new ClientMessage.Mute(source(fields.text("source", 32)), fields.flag("muted"));
      case "unpublish" -> new ClientMessage.Unpublish(source(fields.text("source", 32)));
      case "consent" -> new ClientMessage.Agree(fields.flag("given"));
      case "hand" -> new ClientMessage.Hand(fields.flag("raised"));
      case "stage" ->
          new ClientMessage.StageTo(
              fields.text("participant", MAX_ID),
              word(StageState.class, "to", fields.text("to", 32)));
      case "moderate" ->
          new ClientMessage.Moderate(
              fields.text("participant", MAX_ID),
              word(ClientMessage.Action.class, "action", fields.text("action", 32)));
      case "role" ->
          new ClientMessage.Promote(
              fields.text("participant", MAX_ID),
              word(Role.class, "role", fields.text("role", 32)));
      case "lock" -> new ClientMessage.Lock(fields.flag("locked"));
      case "waiting_room" -> new ClientMessage.WaitingRoom(fields.flag("on"));
      case "admit" -> new ClientMessage.Admit(fields.text("participant", MAX_ID), true);
      case "deny" -> new ClientMessage.Admit(fields.text("participant", MAX_ID), false);
      case "chat" -> new ClientMessage.Chat(fields.text("text", MAX_CHAT));
      case "reaction" -> new ClientMessage.Reaction(GestureCodec.emoji(fields));
      case "cursor", "stroke" -> new ClientMessage.Show(GestureCodec.gesture(fields));
      case "undo" -> new ClientMessage.Undo(fields.text("id", GestureCodec.MAX_ID));
      case "clear" -> new ClientMessage.Clear();
      case "poll" -> poll(fields);
      case "poll_close" -> new ClientMessage.PollClose(fields.text("poll", MAX_ID));
      case "poll_clear" -> new ClientMessage.PollClear(fields.text("poll", MAX_ID));
      case "vote" ->
          new ClientMessage.Vote(
              fields.text("poll", MAX_ID),
              (int) Math.min(fields.number("option", 0), Integer.MAX_VALUE));
      case "live" -> new ClientMessage.Live(fields.flag("live"));
      case "layout" -> layout(fields);
      case "break" -> new ClientMessage.Break(fields.optionalInstant("until"));
      case "slides" -> slides(fields);
      case "recording" -> recording(fields);
      case "end" -> new ClientMessage.End();
      case "stats" -> new ClientMessage.Stats(ClientDigestCodec.read(fields));
      case "leave" -> new ClientMessage.Leave();
      case "ping" -> new ClientMessage.Ping();
      case "pong" -> new ClientMessage.Pong();
      default ->
          throw JsonFields.malformed("There is no message of type " + SdpParser.quote(type) + ".");
    };
  }

  private static ClientMessage layout(JsonFields fields) throws Refusal {
    PictureChange change =
        new PictureChange(
            fields.optionalText("layout", 64),
            fields.optionalTextOrNone("spotlight", MAX_ID),
            people(fields, "hidden"),
            people(fields, "hide").orElse(Set.of()),
            people(fields, "show").orElse(Set.of()));
    if (change.isEmpty()) {
      throw JsonFields.malformed(
          "Say at least one of 'layout', 'spotlight', 'hidden', 'hide' and 'show'.");
    }
    return new ClientMessage.Layout(change);
  }

  private static Optional<Set<String>> people(JsonFields fields, String name) throws Refusal {
    return fields.optionalTexts(name, ClientMessage.Layout.MOST_HIDDEN, MAX_ID);
  }

  private static ClientMessage recording(JsonFields fields) throws Refusal {
    boolean on = fields.flag("recording");
    boolean paused = fields.has("paused") && fields.flag("paused");
    if (paused && !on) {
      throw JsonFields.malformed(
          "'paused' is true, but only a recording that is on can be paused.");
    }
    Optional<Boolean> tracks =
        fields.has("tracks") ? Optional.of(fields.flag("tracks")) : Optional.empty();
    if (tracks.orElse(false) && !on) {
      throw JsonFields.malformed("'tracks' is true, but only a recording that is on has tracks.");
    }
    return new ClientMessage.Recording(on, paused, tracks);
  }

  private static ClientMessage slides(JsonFields fields) throws Refusal {
    String deck = fields.optionalText("deck", 64).orElse("");
    int page = deck.isEmpty() ? 0 : (int) Math.min(fields.number("page", 1), 100_000);
    return new ClientMessage.Slides(deck, page);
  }

  private static ClientMessage poll(JsonFields fields) throws Refusal {
    String question = oneLine(fields.text("question", MAX_QUESTION));
    List<String> options =
        fields
            .optionalTexts("options", ClientMessage.Poll.MOST, MAX_OPTION)
            .orElse(Set.of())
            .stream()
            .map(ClientDecoder::oneLine)
            .filter(option -> !option.isEmpty())
            .distinct()
            .toList();
    if (options.size() < ClientMessage.Poll.FEWEST) {
      throw JsonFields.malformed(
          "'options' must be "
              + ClientMessage.Poll.FEWEST
              + " to "
              + ClientMessage.Poll.MOST
              + " different answers to choose from.");
    }
    return new ClientMessage.Poll(question, options);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static ClientMessage view(JsonFields fields) throws Refusal {
    Map<String, ClientMessage.Size> sizes = new HashMap<>();
    for (Map.Entry<String, JsonFields> entry : fields.objects("sizes").entrySet()) {
      JsonFields size = entry.getValue();
      sizes.put(
          entry.getKey(), new ClientMessage.Size(pixels(size, "width"), pixels(size, "height")));
    }
    return new ClientMessage.View(sizes);
  }

  private static int pixels(JsonFields fields, String name) throws Refusal {
    return (int) Math.min(fields.number(name, 0), MAX_PIXELS);
  }

  private static ClientMessage hello(JsonFields fields) throws Refusal {
    Optional<ClientMessage.Resume> resume = Optional.empty();
    Optional<JsonFields> wanted = fields.object("resume");
    if (wanted.isPresent()) {
      resume =
          Optional.of(
              new ClientMessage.Resume(
                  wanted.get().text("session", MAX_ID), wanted.get().number("last", 0)));
    }
    return new ClientMessage.Hello(
        fields.text("room", MAX_ID),
        fields.optionalText("token", MAX_TOKEN),
        fields.optionalText("name", 60),
        fields.optionalText("guest", MAX_ID),
        resume);
  }

  private static ClientMessage offer(JsonFields fields) throws Refusal {
    Map<String, Source> publish = new HashMap<>();
    for (Map.Entry<String, String> entry : fields.texts("publish", MAX_ID).entrySet()) {
      publish.put(entry.getKey(), source(entry.getValue()));
    }
    return new ClientMessage.Offer(
        fields.text("sdp", SdpParser.MAX_LENGTH), publish, fields.texts("subscribe", MAX_ID));
  }

  private static Source source(String word) throws Refusal {
    return word(Source.class, "source", word);
  }

  private static <E extends Enum<E>> E word(Class<E> type, String field, String word)
      throws Refusal {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
        return value;
      }
    }
    throw JsonFields.malformed("'" + field + "' cannot be " + SdpParser.quote(word) + ".");
  }
}
