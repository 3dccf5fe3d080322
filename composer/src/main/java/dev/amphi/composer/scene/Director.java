package dev.amphi.composer.scene;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Layout;
import dev.amphi.composer.layout.Member;
import dev.amphi.composer.layout.Place;
import dev.amphi.composer.layout.Rect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Knows who is on the program and decides what is shown; for one thread at a time. */
public final class Director {
  /** What a share's member is called after its owner. */
  static final String SHARE = "/screen";

  private final Canvas canvas;
  private final Look look;
  private final Slates slates;
  private final Map<String, Participant> participants = new LinkedHashMap<>();
  private final Map<String, String> participantOfSource = new LinkedHashMap<>();
  private final ActiveSpeaker activeSpeaker = new ActiveSpeaker();
  private final AutoLayout autoLayout = new AutoLayout();
  private final Entrances entrances = new Entrances();
  private final Names names;
  private final Motion motion = new Motion();
  private final SceneNotes notes = new SceneNotes();
  private @Nullable Layout pinned;
  private Arrangement arrangement = Arrangement.AUTO;

  /** Directs a class of that title; the layout is chosen automatically until one is pinned. */
  public Director(Canvas canvas, String title) {
    this(canvas, title, Look.PLAIN);
  }

  /** As the other, as the school wants it to look. */
  public Director(Canvas canvas, String title, Look look) {
    this.canvas = canvas;
    this.look = look;
    this.slates = new Slates(title, look.words());
    this.names = new Names(canvas);
  }

  /** Adds a source, or changes it. */
  public void put(SourceSpec source) {
    String before = participantOfSource.put(source.id(), source.participantId());
    if (before != null && !before.equals(source.participantId())) {
      takeFrom(before, source.id());
    }
    participants.computeIfAbsent(source.participantId(), Participant::new).put(source);
  }

  /**
   * Takes a source out, from the next picture on: whoever withdrew is not to be seen on the way out
   * either, neither face nor name.
   */
  public void remove(String sourceId) {
    String participantId = participantOfSource.remove(sourceId);
    if (participantId != null) {
      String name = participant(participantId).name();
      takeFrom(participantId, sourceId);
      boolean gone = !participants.containsKey(participantId);
      motion.forget(
          tile -> isOf(tile, sourceId) || (gone && isBy(tile, participantId)),
          label -> gone && label.isLowerThird() && label.text().equals(name));
    }
  }

  private static boolean isOf(Tile tile, String sourceId) {
    return tile.content() instanceof Content.Video video && video.sourceId().equals(sourceId);
  }

  private static boolean isBy(Tile tile, String participantId) {
    return tile.id().equals(participantId) || tile.id().equals(participantId + SHARE);
  }

  private void takeFrom(String participantId, String sourceId) {
    Participant participant = participants.get(participantId);
    if (participant != null && !participant.remove(sourceId)) {
      participants.remove(participantId);
      activeSpeaker.left(participantId);
    }
  }

  /** Says what is shown while nobody is there. */
  public void slate(Slate slate) {
    slates.tell(slate);
  }

  /**
   * Pins a layout, or unpins it by {@code auto}, and chooses who leads and who is hidden; an
   * unknown layout keeps the one there is.
   */
  public void arrange(Arrangement wanted) {
    String id = wanted.layout();
    pinned = id.equals(Composition.AUTO) ? null : Layout.named(id).orElse(pinned);
    arrangement = wanted;
  }

  /** Chooses layout and leader, and hides nobody. */
  public void layout(String layoutId, String spotlightParticipantId) {
    arrange(new Arrangement(layoutId, spotlightParticipantId, Set.of()));
  }

  /** Tells who is loudest; "" for nobody. */
  public void loudest(String participantId, long nowNanos) {
    activeSpeaker.loudest(participantId, nowNanos);
    autoLayout.loudest(participantId, nowNanos);
  }

  /** Some participants were told by name before this program's process began. */
  public void introduced(Set<String> participantIds) {
    entrances.toldBefore(participantIds);
  }

  /** Who has been told by name, to the end, since this was asked last. */
  public List<String> introductions(long nowNanos) {
    return entrances.done(nowNanos);
  }

  /** Whether scenes follow each other without moves and fades, as a machine under load wants it. */
  public void cuts(boolean wanted) {
    motion.cuts(wanted);
  }

  /**
   * What is to be seen now: the scene that is wanted, or an instant of the way to it.
   *
   * @param live whether a video source has a picture that is worth showing
   */
  public Scene shown(long nowNanos, Predicate<String> live) {
    return motion.at(scene(nowNanos, live), nowNanos);
  }

  /** Tells which scene is wanted from that instant of the program on, if it is another one. */
  public Optional<ShownScene> news(long timeTicks) {
    return notes.news(timeTicks);
  }

  /**
   * The scene that is wanted now.
   *
   * @param live whether a video source has a picture that is worth showing
   */
  Scene scene(long nowNanos, Predicate<String> live) {
    List<Participant> ordered =
        participants.values().stream()
            .sorted(Comparator.comparing(participant -> !participant.instructor()))
            .toList();
    List<Member> members = members(ordered, live);
    String spotlight = arrangement.spotlight();
    entrances.present(Layout.people(members).stream().map(Member::id).toList(), nowNanos);
    if (members.isEmpty()) {
      Scene words = slate(nowNanos);
      notes.wanted("", words);
      return words;
    }
    Layout chosen = autoLayout.choose(members, has(members, spotlight), nowNanos);
    Layout layout = pinned == null ? chosen : pinned;
    List<Tile> tiles = new ArrayList<>();
    for (Place place : layout.arrange(canvas, members, leader(members, nowNanos))) {
      tiles.add(tile(place, live, nowNanos));
    }
    introduce(tiles, nowNanos);
    look.mark().flatMap(school -> school.on(canvas, tiles)).ifPresent(tiles::add);
    Scene scene = new Scene(canvas, tiles);
    notes.wanted(layout.id(), scene);
    return scene;
  }

  /** People who are seen, in their order, then the shares that have something to show. */
  private List<Member> members(List<Participant> ordered, Predicate<String> live) {
    List<Member> members = new ArrayList<>();
    for (Participant participant : ordered) {
      if (participant.inPerson() && !arrangement.hidden().contains(participant.id())) {
        members.add(new Member(participant.id(), false));
      }
    }
    for (Participant participant : ordered) {
      participant
          .newest(SourceSpec.Kind.SCREEN)
          .filter(screen -> live.test(screen.id()))
          .ifPresent(screen -> members.add(new Member(participant.id() + SHARE, true)));
    }
    return members;
  }

  /** Spotlight, then a share, then the active speaker, then the first in order. */
  private String leader(List<Member> members, long nowNanos) {
    String byVoice = activeSpeaker.leader(nowNanos);
    if (has(members, arrangement.spotlight())) {
      return arrangement.spotlight();
    }
    Optional<Member> share = members.stream().filter(Member::share).reduce((a, b) -> b);
    if (share.isPresent()) {
      return share.get().id();
    }
    return has(members, byVoice) ? byVoice : "";
  }

  private static boolean has(List<Member> members, String id) {
    return members.stream().anyMatch(member -> member.id().equals(id));
  }

  private Tile tile(Place place, Predicate<String> live, long nowNanos) {
    String id = place.member().id();
    if (place.member().share()) {
      Participant owner = participant(id.substring(0, id.length() - SHARE.length()));
      String screen = owner.newest(SourceSpec.Kind.SCREEN).orElseThrow().id();
      return new Tile(id, place.rect(), new Content.Video(screen, true), Optional.empty());
    }
    Participant person = participant(id);
    Content content =
        person
            .newest(SourceSpec.Kind.CAMERA)
            .filter(camera -> live.test(camera.id()))
            .<Content>map(camera -> new Content.Video(camera.id(), false))
            .orElseGet(() -> new Content.Initials(person.initials(), person.colour()));
    Optional<Label> third =
        entrances.tells(id, nowNanos) ? lowerThird(id, place.rect()) : Optional.empty();
    if (third.isPresent()) {
      entrances.hasRoom(id);
    }
    return new Tile(
        id, place.rect(), content, third.or(() -> names.band(person.name(), place.rect())));
  }

  private Participant participant(String id) {
    return Objects.requireNonNull(participants.get(id));
  }

  private Optional<Label> lowerThird(String participantId, Rect tile) {
    Participant person = participant(participantId);
    return names.lowerThird(person.name(), look.words().role(person.role()), tile);
  }

  /** Tells in the first tile who came and has no room for it, unless its own name is told there. */
  private void introduce(List<Tile> tiles, long nowNanos) {
    for (String id : entrances.told(nowNanos)) {
      if (tiles.stream().noneMatch(tile -> tile.id().equals(id) && tells(tile))) {
        entrances.waits(id);
      }
    }
    Tile first = tiles.get(0);
    String turn = tells(first) ? "" : entrances.turn(nowNanos);
    if (!turn.isEmpty()) {
      Optional<Label> third = lowerThird(turn, first.rect());
      tiles.set(0, new Tile(first.id(), first.rect(), first.content(), third.or(first::label)));
    }
  }

  private static boolean tells(Tile tile) {
    return tile.label().filter(Label::isLowerThird).isPresent();
  }

  private Scene slate(long nowNanos) {
    Rect whole = new Rect(0, 0, canvas.width(), canvas.height());
    return new Scene(canvas, List.of(new Tile("", whole, slates.at(nowNanos), Optional.empty())));
  }
}
