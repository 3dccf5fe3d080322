package dev.amphi.composer.composition;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Director;
import dev.amphi.composer.scene.Inking;
import dev.amphi.composer.scene.Scene;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All sources of a program. One thread brings commands and frames, one draws, one takes the sound.
 *
 * <p>Two locks, taken in this order: {@code lock} is for what is to be seen and is held while it is
 * drawn, so that a command waits for the drawing of a picture; that of {@link Inputs} is for the
 * queues of pictures and packets. Neither is held while a picture is being decoded.
 */
public final class Stage {
  private static final int MOST_SOURCES = 64;

  private final Director director;
  private final Object lock = new Object();
  private final Map<String, SourceSpec> specs = new LinkedHashMap<>();
  private final Inputs inputs;
  private final Surfaces surfaces;
  private volatile Set<String> listened = Set.of();
  private volatile Shed shed = Shed.NOTHING;
  private final Handling handling;

  /** Takes each voice's block in turn. */
  interface VoiceSink {
    /**
     * One voice.
     *
     * @param participantId whose it is
     * @param block interleaved stereo, faded; valid during the call only
     */
    void voice(String participantId, float[] block);
  }

  /** Makes an empty stage where nobody draws. */
  public Stage(ProgramCodecs codecs, Director director, Consumer<String> keyFrameWanted) {
    this(codecs, director, keyFrameWanted, Inking.NONE, Handling.NONE);
  }

  /** Makes an empty stage. */
  public Stage(
      ProgramCodecs codecs,
      Director director,
      Consumer<String> keyFrameWanted,
      Inking inking,
      Handling handling) {
    this.handling = handling;
    this.surfaces = new Surfaces(inking);
    this.inputs = new Inputs(codecs, keyFrameWanted, handling);
    this.director = director;
  }

  /** Adds a source, or changes it; what would be too many is left out. */
  public void put(SourceSpec spec) {
    SourceSpec known = specs.get(spec.id());
    if (known != null && sameMedia(known, spec)) {
      synchronized (lock) {
        specs.put(spec.id(), spec);
        director.put(spec);
        inputs.put(spec);
      }
      return;
    }
    remove(spec.id());
    if (specs.size() >= MOST_SOURCES) {
      return;
    }
    synchronized (lock) {
      specs.put(spec.id(), spec);
      inputs.open(spec);
      director.put(spec);
    }
  }

  private static boolean sameMedia(SourceSpec known, SourceSpec spec) {
    return known.codec() == spec.codec()
        && known.kind() == spec.kind()
        && known.participantId().equals(spec.participantId());
  }

  /** Takes a source out; its sound fades. */
  public void remove(String sourceId) {
    Runnable freeing;
    synchronized (lock) {
      SourceSpec spec = specs.remove(sourceId);
      if (spec == null) {
        return;
      }
      director.remove(sourceId);
      surfaces.remove(sourceId);
      freeing =
          inputs.close(
              spec,
              specs.values().stream()
                  .noneMatch(other -> other.participantId().equals(spec.participantId())));
    }
    freeing.run();
  }

  /** Mutes or opens a source. */
  public void mute(String sourceId, boolean muted) {
    synchronized (lock) {
      inputs.mute(sourceId, muted);
    }
  }

  /**
   * Takes a coded frame.
   *
   * @param gap whether frames of this source were lost just before
   */
  public void frame(
      String sourceId,
      ByteBuffer payload,
      long ticks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame,
      boolean gap) {
    inputs.frame(
        sourceId, payload, ticks, arrivalNanos, captureNtpNanos, keyFrame, gap, rests(sourceId));
  }

  /**
   * Takes a coded frame of which it is known when it is to be seen or heard: nothing is learned
   * from when it comes, which must be before.
   */
  public void played(
      String sourceId, ByteBuffer payload, long ticks, long playNanos, boolean keyFrame) {
    long arrivalNanos = playNanos - inputs.delayNanos(sourceId);
    inputs.frame(sourceId, payload, ticks, arrivalNanos, -1, keyFrame, false, false);
  }

  /** A source's frame is left out, with all up to its next key frame. */
  public void skip(String sourceId) {
    inputs.skip(sourceId);
  }

  /** Shows another picture of a source that stands still; takes it over. */
  public void still(String sourceId, Picture picture) {
    synchronized (lock) {
      SourceSpec spec = specs.get(sourceId);
      if (spec == null || spec.codec() != SourceSpec.Codec.STILL) {
        picture.close();
      } else {
        surfaces.still(sourceId, picture);
      }
    }
  }

  /** Changes what is drawn. */
  public void ink(InkChange change) {
    synchronized (lock) {
      surfaces.ink(change);
    }
  }

  /** Chooses layout, spotlight and who is hidden. */
  public void arrange(Arrangement arrangement) {
    synchronized (lock) {
      director.arrange(arrangement);
    }
  }

  /** Chooses layout and leader, and hides nobody. */
  public void layout(String layoutId, String spotlightParticipantId) {
    arrange(new Arrangement(layoutId, spotlightParticipantId, Set.of()));
  }

  /** Says what is shown while nobody is there. */
  public void slate(Slate slate) {
    synchronized (lock) {
      director.slate(slate);
    }
  }

  /** Hears who is loudest. */
  public void loudest(String participantId, long nowNanos) {
    synchronized (lock) {
      director.loudest(participantId, nowNanos);
    }
  }

  /** Draws what is to be seen at that instant. */
  Picture draw(Compositor compositor, long timeNanos) {
    synchronized (lock) {
      Scene scene = director.shown(timeNanos, id -> live(id, timeNanos));
      Picture drawn = compositor.draw(scene, id -> at(id, timeNanos));
      handling.ends(Handling.Work.DRAWING);
      return drawn;
    }
  }

  /** Tells which scene is shown from that instant of the program on, if it is another one. */
  Optional<ShownScene> news(long timeTicks) {
    synchronized (lock) {
      return director.news(timeTicks);
    }
  }

  /** Some participants were told by name by another process. */
  public void introduced(Set<String> participantIds) {
    synchronized (lock) {
      director.introduced(participantIds);
    }
  }

  /** Who has been told by name since this was asked last. */
  List<String> introductions(long timeNanos) {
    synchronized (lock) {
      return director.introductions(timeNanos);
    }
  }

  private boolean live(String sourceId, long timeNanos) {
    if (rests(sourceId)) {
      return false;
    }
    if (surfaces.isStill(sourceId)) {
      return true;
    }
    return inputs.live(sourceId, timeNanos);
  }

  /** Stays what it is while {@code lock} is held: only commands let go of what is shown. */
  private @Nullable Picture at(String sourceId, long timeNanos) {
    handling.begins(Handling.Work.DRAWING, sourceId);
    return surfaces.shown(sourceId, inputs.at(sourceId, timeNanos));
  }

  /** What the machine has no time for. */
  void shed(Shed now) {
    shed = now;
    synchronized (lock) {
      director.cuts(now.includes(Shed.FRAME_RATE));
    }
  }

  /** Whether it is a student's camera and these rest. */
  private boolean rests(String sourceId) {
    SourceSpec spec = shed.includes(Shed.STUDENT_VIDEO) ? specs.get(sourceId) : null;
    return spec != null
        && spec.kind() == SourceSpec.Kind.CAMERA
        && !spec.role().equals("instructor");
  }

  /** Says which mixes are listened to beside the broadcast's: each is named by who is left out. */
  public void listen(Set<String> mixes) {
    listened = Set.copyOf(mixes);
  }

  /** The mixes that are listened to; "" leaves nobody out. */
  Set<String> listened() {
    return listened;
  }

  /** Reads the block of each voice that is to be heard from that instant on, once. */
  void voices(long timeNanos, float[] scratch, VoiceSink sink) {
    inputs.voices(timeNanos, scratch, sink);
  }
}
