package dev.amphi.interactive.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.TrackView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Spells the server's messages. */
public final class ServerEncoder {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** A message without its numbers: the same text for everybody who gets it. */
  public String body(ServerMessage message) {
    String body = node(message).toString();
    if (message instanceof ServerMessage.Welcome welcome && !welcome.snapshot().isEmpty()) {
      return body.substring(0, body.length() - 1)
          + ","
          + String.join(",", welcome.snapshot())
          + "}";
    }
    return body;
  }

  /** The field {@code chat} of a welcome. */
  public String chats(List<ServerMessage.Chat> said) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    said.forEach(chat -> all.add(chat(chat)));
    return "\"chat\":" + all;
  }

  /** The field {@code speaker} of a welcome. */
  public String speaker(String participantId) {
    return "\"speaker\":" + JsonNodeFactory.instance.textNode(participantId);
  }

  /**
   * The field {@code poll} of a welcome.
   *
   * @param mine which option was chosen by whom it goes to, if any
   */
  public String poll(ServerMessage.Question question, Optional<Integer> mine) {
    ObjectNode node = question(question);
    mine.ifPresent(option -> node.put("mine", option));
    return "\"poll\":" + node;
  }

  /**
   * A message's body with its numbers.
   *
   * @param n the server's counter
   * @param ack the highest number received from the client
   * @param re the command's number, 0 when this answers none
   */
  public String number(String body, long n, long ack, long re) {
    StringBuilder text = new StringBuilder(body.length() + 40);
    text.append(body, 0, body.length() - 1).append(",\"n\":").append(n);
    text.append(",\"ack\":").append(ack);
    if (re > 0) {
      text.append(",\"re\":").append(re);
    }
    return text.append('}').toString();
  }

  static ObjectNode object(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static ObjectNode node(ServerMessage message) {
    return switch (message) {
      case ServerMessage.Welcome welcome -> welcome(welcome);
      case ServerMessage.IceServers relays ->
          object("ice_servers").set("iceServers", iceServers(relays.iceServers()));
      case ServerMessage.TokenExpiring token ->
          object("token_expiring")
              .put("expires_at", time(token.expiresAt()))
              .put("in_s", token.inSeconds());
      case ServerMessage.Ok ok -> ok(ok.result());
      case ServerMessage.Failed failed ->
          object("error")
              .put("code", failed.code())
              .put("status", failed.status())
              .put("title", title(failed.code()))
              .put("detail", failed.detail());
      case ServerMessage.Speaker speaker ->
          object("speaker").put("participant", speaker.participant());
      case ServerMessage.Chat chat -> chat(chat);
      case ServerMessage.Reaction reaction ->
          object("reaction")
              .put("emoji", reaction.emoji())
              .put("media_at", time(reaction.mediaAt()))
              .set("from", from(reaction.from()));
      case ServerMessage.Poll poll ->
          object("poll")
              .set(
                  "poll",
                  poll.question()
                      .<JsonNode>map(ServerEncoder::question)
                      .orElse(JsonNodeFactory.instance.nullNode()));
      case ServerMessage.Encodings encodings -> encodings(encodings);
      case ServerMessage.Subscription slot -> subscription(slot);
      case ServerMessage.Closing closing -> closing(closing);
      case ServerMessage.Quality quality -> {
        ObjectNode node = object("quality");
        ObjectNode levels = node.putObject("levels");
        new TreeMap<>(quality.levels()).forEach(levels::put);
        yield node;
      }
      case ServerMessage.Board board -> {
        ObjectNode node = object("board");
        if (board.continued()) {
          node.put("continued", true);
        }
        ArrayNode strokes = node.putArray("strokes");
        for (ServerMessage.Drawn drawn : board.strokes()) {
          GestureCodec.put(strokes.addObject().put("from", drawn.from()), drawn.stroke());
        }
        yield node;
      }
      case ServerMessage.Undone undone ->
          object("undone").put("from", undone.from()).put("id", undone.id());
      case ServerMessage.Ping ping -> object("ping");
    };
  }

  private static ObjectNode closing(ServerMessage.Closing closing) {
    ObjectNode node = object("closing").put("code", closing.code()).put("detail", closing.detail());
    closing.retryAfterMillis().ifPresent(millis -> node.put("retry_after_ms", millis));
    return node;
  }

  static String time(Instant instant) {
    return MILLIS.format(instant);
  }

  /** {@code not_allowed} becomes {@code Not allowed}. */
  public static String title(String code) {
    String words = code.replace('_', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static ObjectNode welcome(ServerMessage.Welcome welcome) {
    ObjectNode node =
        object("welcome").put("session", welcome.session()).put("resumed", welcome.resumed());
    if (!welcome.guest().isEmpty()) {
      node.put("guest", welcome.guest());
    }
    if (welcome.statsEveryMillis() > 0) {
      node.put("stats_every_ms", welcome.statsEveryMillis());
    }
    node.set("self", person(welcome.self()));
    return node.set("iceServers", iceServers(welcome.iceServers()));
  }

  private static ObjectNode subscription(ServerMessage.Subscription slot) {
    ObjectNode node = object("subscription").put("mid", slot.mid());
    return slot.paused()
        ? node.put("state", "paused").put("reason", "bandwidth")
        : node.put("state", "on").put("layer", slot.layer());
  }

  private static ObjectNode encodings(ServerMessage.Encodings encodings) {
    ObjectNode node = object("encodings").put("mid", encodings.mid());
    ObjectNode active = node.putObject("active");
    new TreeMap<>(encodings.active()).forEach(active::put);
    return node;
  }

  private static ArrayNode iceServers(List<IceServer> servers) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (IceServer server : servers) {
      ObjectNode node = all.addObject();
      server.urls().forEach(node.putArray("urls")::add);
      if (!server.username().isEmpty()) {
        node.put("username", server.username()).put("credential", server.credential());
      }
    }
    return all;
  }

  private static ObjectNode ok(ServerMessage.Result result) {
    ObjectNode node = object("ok");
    switch (result) {
      case ServerMessage.Result.Nothing nothing -> {}
      case ServerMessage.Result.Answer answer -> {
        node.put("answer", answer.sdp());
        ObjectNode tracks = node.putObject("tracks");
        answer.tracks().forEach(tracks::put);
      }
      case ServerMessage.Result.ChatId chat -> node.put("id", chat.id());
      case ServerMessage.Result.PollId poll -> node.put("poll", poll.id());
      case ServerMessage.Result.RoomState state ->
          node.set("room", RoomFields.room(state.room(), state.viewers()));
    }
    return node;
  }

  private static ObjectNode chat(ServerMessage.Chat chat) {
    ObjectNode node = object("chat").put("id", chat.id()).put("text", chat.text());
    node.put("at", time(chat.at())).put("media_at", time(chat.mediaAt()));
    return node.set("from", from(chat.from()));
  }

  private static ObjectNode question(ServerMessage.Question question) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", question.id())
            .put("question", question.question())
            .put("media_at", time(question.mediaAt()))
            .put("open", question.open());
    question.options().forEach(node.putArray("options")::add);
    if (!question.votes().isEmpty()) {
      question.votes().forEach(node.putArray("votes")::add);
      node.put("voters", question.votes().stream().mapToInt(Integer::intValue).sum());
    }
    return node;
  }

  private static ObjectNode from(ServerMessage.From from) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", from.id())
        .put("name", from.name())
        .put("role", from.role());
  }

  static ObjectNode person(ServerMessage.Person person) {
    ParticipantView view = person.view();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", view.id())
            .put("name", view.name())
            .put("role", view.role().wireName())
            .put("state", view.state().wireName());
    ArrayNode tracks = node.putArray("tracks");
    view.tracks().forEach(track -> tracks.add(track(track)));
    if (view.consent() != Consent.UNSTATED) {
      node.put("consent", view.consent().wireName());
    }
    person.handAt().ifPresent(at -> node.put("hand_at", time(at)));
    if (person.away()) {
      node.put("away", true);
    }
    return node;
  }

  private static ObjectNode track(TrackView track) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", track.id())
        .put("kind", track.kind().wireName())
        .put("source", track.source().wireName())
        .put("codec", track.codec().name().toLowerCase(Locale.ROOT))
        .put("muted", track.muted());
  }
}
