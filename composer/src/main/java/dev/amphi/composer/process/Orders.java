package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What the children of one program are told: each change by way of the queue, and to another child
 * all of it at its start. Thread-safe; the lock is what keeps the two in step.
 */
final class Orders {
  private final Declared declared;
  private final CommandQueue queue;
  private final Quarantine quarantine;
  private final LongSupplier nanoClock;
  private boolean last;

  Orders(CompositionSpec spec, CommandQueue queue, Quarantine quarantine, LongSupplier nanoClock) {
    this.declared = new Declared(spec);
    this.queue = queue;
    this.quarantine = quarantine;
    this.nanoClock = nanoClock;
  }

  /** Begins anew for another child; returns false when nothing is to be told any more. */
  synchronized boolean restart() {
    if (!last) {
      queue.restart(declared.commands(nanoClock.getAsLong()));
    }
    return !last;
  }

  private void tell(List<Command> commands) {
    commands.forEach(queue::command);
  }

  synchronized void put(SourceSpec source) {
    tell(declared.put(source, nanoClock.getAsLong()));
  }

  /** Returns whether the source was in quarantine. */
  synchronized boolean remove(String sourceId) {
    tell(declared.remove(sourceId, nanoClock.getAsLong()));
    return quarantine.left(sourceId);
  }

  synchronized void rest(String sourceId) {
    tell(declared.rest(sourceId, nanoClock.getAsLong()));
  }

  synchronized void mute(String sourceId, boolean muted) {
    declared.mute(sourceId, muted);
    queue.command(new Command.Mute(sourceId, declared.isMuted(sourceId)));
  }

  synchronized void isolate(String sourceId) {
    tell(declared.isolate(sourceId));
  }

  /**
   * A source shows another picture.
   *
   * @param page what it is a picture of, or ""
   * @return whether the source was in quarantine, and is no longer
   */
  synchronized boolean still(String page, Command.Still still) {
    boolean released = declared.absolves(page, still) && quarantine.renewed(still.sourceId());
    if (released) {
      tell(declared.release(still.sourceId()));
    }
    tell(declared.still(page, still));
    return released;
  }

  synchronized void ink(InkChange change) {
    declared.ink(change);
    queue.command(new Command.Ink(change));
  }

  synchronized void arrange(Arrangement arrangement) {
    declared.arrange(arrangement);
    queue.command(new Command.Arrange(arrangement));
  }

  synchronized void slate(Slate slate) {
    declared.slate(slate);
    queue.command(new Command.Words(slate));
  }

  synchronized void loudest(String participantId) {
    declared.loudest(participantId);
    queue.command(new Command.Loudest(participantId));
  }

  synchronized void listen(Set<String> mixes) {
    declared.listen(mixes);
    queue.command(new Command.Listen(mixes));
  }

  /** Whether a mix is listened to; from any thread, without the lock. */
  boolean listens(String without) {
    return declared.listens(without);
  }

  synchronized boolean has(String sourceId) {
    return declared.has(sourceId);
  }

  /** A child says that it has told somebody by name. */
  synchronized void introduced(String participantId) {
    declared.introduced(participantId);
  }

  /**
   * Ends the program; a child that is started just now still hears of it, none is started later.
   *
   * @return how long the program goes on, or −1 when that was said before
   */
  synchronized long close() {
    if (last) {
      return -1;
    }
    last = true;
    queue.command(new Command.Close());
    return declared.farewellNanos();
  }
}
