package dev.amphi.server.webhook;

import java.util.List;

/** What can be told, by the names that the rest of Amphi has for it. */
public final class WebhookTypes {
  /** Every type of event. */
  public static final List<String> ALL =
      List.of(
          "class.scheduled",
          "class.lobby",
          "class.live",
          "class.interrupted",
          "class.ended",
          "class.processing",
          "class.published",
          "class.cancelled",
          "stage.joined",
          "stage.left",
          "recording.started",
          "recording.paused",
          "recording.resumed",
          "recording.ready",
          "recording.failed",
          "recording.erased");

  /** All of one kind each. */
  public static final List<String> KINDS = List.of("class.*", "stage.*", "recording.*");

  private WebhookTypes() {}
}
