package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that a new child has to be told so that the program goes on as it was. */
final class Declared {
  private final CompositionSpec spec;
  private final Map<String, SourceSpec> sources = new LinkedHashMap<>();
  private final Set<String> muted = new LinkedHashSet<>();
  private final Set<String> isolated = new LinkedHashSet<>();
  private final Map<String, Command.Still> stills = new LinkedHashMap<>();
  private final InkSheet ink = new InkSheet();
  private Arrangement arrangement = Arrangement.AUTO;
  private Slate slate = Slate.of(Slate.Kind.BEGINS);
  private String loudest = "";
  private volatile Set<String> mixes = Set.of();

  Declared(CompositionSpec spec) {
    this.spec = spec;
  }

  void put(SourceSpec source) {
    sources.put(source.id(), source);
  }

  void remove(String sourceId) {
    sources.remove(sourceId);
    muted.remove(sourceId);
    isolated.remove(sourceId);
    stills.remove(sourceId);
  }

  void mute(String sourceId, boolean wanted) {
    if (wanted) {
      muted.add(sourceId);
    } else {
      muted.remove(sourceId);
    }
  }

  /** Mutes a source for as long as it is there, whatever its participant wants. */
  void isolate(String sourceId) {
    isolated.add(sourceId);
  }

  boolean isMuted(String sourceId) {
    return muted.contains(sourceId) || isolated.contains(sourceId);
  }

  void still(Command.Still still) {
    if (sources.containsKey(still.sourceId())) {
      stills.put(still.sourceId(), still);
    }
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

  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    commands.add(new Command.Start(spec));
    commands.add(new Command.Arrange(arrangement));
    commands.add(new Command.Words(slate));
    sources.values().forEach(source -> commands.add(new Command.Put(source)));
    commands.addAll(stills.values());
    ink.changes().forEach(change -> commands.add(new Command.Ink(change)));
    for (String id : sources.keySet()) {
      if (isMuted(id)) {
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
