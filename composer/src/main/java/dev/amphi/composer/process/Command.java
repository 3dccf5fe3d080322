package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import java.nio.ByteBuffer;
import java.util.Set;

/** What the node tells the child. */
sealed interface Command {
  /** The first command: what to make. */
  record Start(CompositionSpec spec) implements Command {}

  /** Adds or changes a source. */
  record Put(SourceSpec source) implements Command {}

  /** Takes a source out. */
  record Remove(String sourceId) implements Command {}

  /** Mutes or opens a source. */
  record Mute(String sourceId, boolean muted) implements Command {}

  /** One coded frame; the gap says that frames of this source were dropped just before. */
  record Frame(
      String sourceId,
      ByteBuffer payload,
      long ticks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame,
      boolean gap)
      implements Command {}

  /** Another picture of a source that stands still. */
  record Still(String sourceId, int width, int height, ByteBuffer packed) implements Command {}

  /** Changes what is drawn. */
  record Ink(InkChange change) implements Command {}

  /** Chooses layout, spotlight and who is hidden. */
  record Arrange(Arrangement arrangement) implements Command {}

  /** Says what is shown while nobody is there. */
  record Words(Slate slate) implements Command {}

  /** Says who was told by name by an earlier child, and is not told again. */
  record Introduced(Set<String> participantIds) implements Command {}

  /** Tells who is loudest. */
  record Loudest(String participantId) implements Command {}

  /** Says which mixes are listened to. */
  record Listen(Set<String> mixes) implements Command {}

  /** Time goes on up to that instant of the program's clock; for a child without one of its own. */
  record Advance(long untilNanos) implements Command {}

  /** Ends the program. */
  record Close() implements Command {}
}
