package dev.amphi.server.load;

import java.util.List;

/**
 * What a run measured. Times in milliseconds.
 *
 * @param notes what a reader has to know to judge the numbers
 * @param errors what went wrong, each once
 */
public record LoadReport(
    String url,
    String room,
    double seconds,
    Group publishers,
    Group subscribers,
    Group viewers,
    Stalls stalls,
    Distribution.Summary stageGlassToGlass,
    Distribution.Summary hlsGlassToGlass,
    List<String> notes,
    List<String> errors) {

  /**
   * Participants or viewers of one kind.
   *
   * @param join from the start of joining until media can flow, of subscribers and viewers until
   *     the first picture is there
   * @param lossPercent of media packets, after repair; NaN where it is not measured
   * @param kbps of all of them together
   */
  record Group(int asked, int joined, Distribution.Summary join, double lossPercent, double kbps) {}

  /**
   * How often and how long viewers waited after the start.
   *
   * @param viewers how many of them ever did
   */
  record Stalls(int count, double seconds, int viewers) {}

  /** Whether anybody who was asked for got in. */
  public boolean anybodyJoined() {
    return publishers.joined + subscribers.joined + viewers.joined > 0;
  }
}
