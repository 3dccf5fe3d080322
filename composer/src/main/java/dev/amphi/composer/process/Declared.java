package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a new child has to be told so that the program goes on as it was, and what the
 * one that lives has to be told of each change. Pure; for one caller at a time.
 */
final class Declared {
  private final CompositionSpec spec;
  private final Map<String, SourceSpec> sources = new LinkedHashMap<>();
  private final Set<String> muted = new LinkedHashSet<>();
  private final Set<String> isolated = new LinkedHashSet<>();
  private final Map<String, Shown> stills = new LinkedHashMap<>();
  private final Map<String, Shown> condemned = new HashMap<>();
  private final Introductions introductions = new Introductions();
  private final InkSheet ink = new InkSheet();
  private Arrangement arrangement = Arrangement.AUTO;
  private Slate slate = Slate.of(Slate.Kind.BEGINS);
  private String loudest = "";
  private volatile Set<String> mixes = Set.of();

  /** A picture, and what it is of. */
  private record Shown(String page, Command.Still still) {
    /** Whether that is the same in another size at most. */
    boolean isAs(Shown other) {
      return page.isEmpty() ? still.equals(other.still) : page.equals(other.page);
    }
  }

  Declared(CompositionSpec spec) {
    this.spec = spec;
  }

  List<Command> put(SourceSpec source, long nowNanos) {
    sources.put(source.id(), source);
    introductions.here(source.participantId(), nowNanos);
    if (isKeptFrom(source.id())) {
      return List.of();
    }
    Command put = new Command.Put(source);
    return isMuted(source.id()) ? List.of(put, new Command.Mute(source.id(), true)) : List.of(put);
  }

  List<Command> remove(String sourceId, long nowNanos) {
    isolated.remove(sourceId);
    condemned.remove(sourceId);
    return rest(sourceId, nowNanos);
  }

  /** Takes a source out that is isolated, if it was, when it is put again. */
  List<Command> rest(String sourceId, long nowNanos) {
    SourceSpec gone = sources.remove(sourceId);
    if (gone != null && !isHere(gone.participantId())) {
      introductions.away(gone.participantId(), nowNanos);
    }
    muted.remove(sourceId);
    stills.remove(sourceId);
    return List.of(new Command.Remove(sourceId));
  }

  private boolean isHere(String participantId) {
    return sources.values().stream()
        .anyMatch(source -> source.participantId().equals(participantId));
  }

  /** A child says that it has told somebody by name. */
  void introduced(String participantId) {
    if (isHere(participantId)) {
      introductions.add(participantId);
    }
  }

  void mute(String sourceId, boolean wanted) {
    if (wanted) {
      muted.add(sourceId);
    } else {
      muted.remove(sourceId);
    }
  }

  /**
   * Keeps what a source sends away from every child: what moves stays there and is muted, whatever
   * its participant wants; what stands still is taken out with what is drawn over it, until {@link
   * #still} brings something else.
   */
  List<Command> isolate(String sourceId) {
    isolated.add(sourceId);
    if (!isKeptFrom(sourceId)) {
      return List.of(new Command.Mute(sourceId, true));
    }
    Shown shown = stills.remove(sourceId);
    if (shown != null) {
      condemned.put(sourceId, shown);
    }
    if (!ink.sourceId().equals(sourceId)) {
      return List.of(new Command.Remove(sourceId));
    }
    InkChange cleared = new InkChange.Cleared();
    ink.apply(cleared);
    return List.of(new Command.Remove(sourceId), new Command.Ink(cleared));
  }

  /** Whether no child knows of a source: it stands still, and is isolated. */
  private boolean isKeptFrom(String sourceId) {
    SourceSpec source = sources.get(sourceId);
    return source != null
        && source.codec() == SourceSpec.Codec.STILL
        && isolated.contains(sourceId);
  }

  boolean isMuted(String sourceId) {
    return muted.contains(sourceId) || isolated.contains(sourceId);
  }

  /** Whether this is of another page than the one for which its source is isolated. */
  boolean absolves(String page, Command.Still still) {
    Shown bad = condemned.get(still.sourceId());
    return isKeptFrom(still.sourceId()) && (bad == null || !new Shown(page, still).isAs(bad));
  }

  /** Lets a source that stands still in again. */
  List<Command> release(String sourceId) {
    isolated.remove(sourceId);
    condemned.remove(sourceId);
    SourceSpec source = sources.get(sourceId);
    return source == null ? List.of() : List.of(new Command.Put(source));
  }

  List<Command> still(String page, Command.Still still) {
    if (!sources.containsKey(still.sourceId()) || isKeptFrom(still.sourceId())) {
      return List.of();
    }
    stills.put(still.sourceId(), new Shown(page, still));
    return List.of(still);
  }

  void ink(InkChange change) {
    ink.apply(change);
  }

  void arrange(Arrangement wanted) {
    arrangement = wanted;
  }

  void slate(Slate told) {
    slate = told;
  }

  /** How long a program that is closed now goes on. */
  long farewellNanos() {
    return slate.kind() == Slate.Kind.ENDED ? Slate.FAREWELL_NANOS : 0;
  }

  void loudest(String participantId) {
    loudest = participantId;
  }

  void listen(Set<String> wanted) {
    mixes = Set.copyOf(wanted);
  }

  /** Whether a mix is listened to; from any thread. */
  boolean listens(String without) {
    return mixes.contains(without);
  }

  boolean has(String sourceId) {
    return sources.containsKey(sourceId);
  }

  /** What another child is told, the first thing first. */
  List<Command> commands(long nowNanos) {
    List<Command> commands = new ArrayList<>();
    commands.add(new Command.Start(spec));
    commands.add(new Command.Arrange(arrangement));
    commands.add(new Command.Words(slate));
    Set<String> known = introductions.known(nowNanos);
    if (!known.isEmpty()) {
      commands.add(new Command.Introduced(known));
    }
    for (SourceSpec source : sources.values()) {
      if (!isKeptFrom(source.id())) {
        commands.add(new Command.Put(source));
      }
    }
    stills.values().forEach(shown -> commands.add(shown.still()));
    ink.changes().forEach(change -> commands.add(new Command.Ink(change)));
    for (String id : sources.keySet()) {
      if (isMuted(id) && !isKeptFrom(id)) {
        commands.add(new Command.Mute(id, true));
      }
    }
    if (!loudest.isEmpty()) {
      commands.add(new Command.Loudest(loudest));
    }
    if (!mixes.isEmpty()) {
      commands.add(new Command.Listen(mixes));
    }
    return commands;
  }
}
