package dev.amphi.composer.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What waits to be written to the child. Bounded in frames and bytes: when it is full the oldest
 * frame goes, and the next one of its source says that there is a gap. Commands never go.
 */
final class CommandQueue {
  private static final int MOST_FRAMES = 1_000;
  private static final long MOST_BYTES = 8L * 1024 * 1024;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] message, String frameOf, String source) {
    boolean isFrame() {
      return !frameOf.equals(NO_FRAME);
    }
  }

  private static final String NO_FRAME = "";

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Set<String> gaps = new HashSet<>();
  private long bytes;
  private int frames;
  private long dropped;

  /** Adds a command that is no frame; one to remove a source as {@link #remove} does. */
  synchronized void command(Command command) {
    if (command instanceof Command.Remove out) {
      remove(out.sourceId());
      return;
    }
    add(new Entry(CommandCodec.encode(command), NO_FRAME, sourceOf(command)));
  }

  private static String sourceOf(Command command) {
    return switch (command) {
      case Command.Put put -> put.source().id();
      case Command.Mute mute -> mute.sourceId();
      case Command.Still still -> still.sourceId();
      default -> "";
    };
  }

  /**
   * Takes a source out: what waits of it never reaches the child, and the child hears of it before
   * any frame that waits.
   */
  synchronized void remove(String sourceId) {
    List<Entry> kept = new ArrayList<>(entries.size() + 1);
    int at = 0;
    for (Entry entry : entries) {
      if (entry.frameOf().equals(sourceId)) {
        frames--;
      }
      if (entry.source().equals(sourceId)) {
        bytes -= entry.message().length;
      } else {
        kept.add(entry);
        at = at == kept.size() - 1 && !entry.isFrame() ? kept.size() : at;
      }
    }
    gaps.remove(sourceId);
    Entry told = new Entry(CommandCodec.encode(new Command.Remove(sourceId)), NO_FRAME, "");
    kept.add(at, told);
    bytes += told.message().length;
    entries.clear();
    entries.addAll(kept);
    notifyAll();
  }

  /** Adds a frame, perhaps at the cost of older ones. */
  synchronized void frame(Command.Frame frame) {
    byte[] message = CommandCodec.encode(frame);
    if (message.length > Wire.LONGEST_MESSAGE) {
      gaps.add(frame.sourceId());
      dropped++;
      return;
    }
    if (gaps.remove(frame.sourceId())) {
      message[CommandCodec.FLAGS_AT] |= CommandCodec.GAP;
    }
    add(new Entry(message, frame.sourceId(), frame.sourceId()));
    frames++;
    while (frames > 1 && (frames > MOST_FRAMES || bytes > MOST_BYTES)) {
      dropOldestFrame();
    }
  }

  private void add(Entry entry) {
    entries.addLast(entry);
    bytes += entry.message().length;
    notifyAll();
  }

  private void dropOldestFrame() {
    String source = NO_FRAME;
    for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (source.equals(NO_FRAME) && entry.isFrame()) {
        source = entry.frameOf();
        all.remove();
        bytes -= entry.message().length;
        frames--;
        dropped++;
      } else if (!source.equals(NO_FRAME) && entry.frameOf().equals(source)) {
        entry.message()[CommandCodec.FLAGS_AT] |= CommandCodec.GAP;
        return;
      }
    }
    gaps.add(source);
  }

  /** Begins anew for another child. */
  synchronized void restart(List<Command> commands) {
    entries.clear();
    gaps.clear();
    bytes = 0;
    frames = 0;
    commands.forEach(this::command);
  }

  /** Waits for the next message. */
  synchronized byte[] take() throws InterruptedException {
    while (entries.isEmpty()) {
      wait();
    }
    Entry entry = entries.removeFirst();
    bytes -= entry.message().length;
    if (entry.isFrame()) {
      frames--;
    }
    return entry.message();
  }

  synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Frames that never reached a child. */
  synchronized long dropped() {
    return dropped;
  }
}
