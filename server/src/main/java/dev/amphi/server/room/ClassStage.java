package dev.amphi.server.room;

import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.Decisions;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.TrackView;
import java.util.Set;

/**
 * What a class hears of its stage, on the room's loop: who is there, what they decide, draw and
 * send. Goes on on the class's own thread, but for what may not wait for it: {@link #frame}, {@link
 * #keptFrame}, {@link #speakerChanged}, {@link #programWanted}, and that somebody may not be in the
 * program any more.
 */
public final class ClassStage {
  private final ClassThread thread;
  private final ClassLife life;
  private final ClassFile file;
  private final Production production;
  private final Runnable keepDecisions;

  /**
   * @param keepDecisions sees to it that what was decided is kept
   */
  ClassStage(
      ClassThread thread,
      ClassLife life,
      ClassFile file,
      Production production,
      Runnable keepDecisions) {
    this.thread = thread;
    this.life = life;
    this.file = file;
    this.production = production;
    this.keepDecisions = keepDecisions;
  }

  /** Somebody on stage came or changed. */
  public void participantChanged(ParticipantView participant) {
    production.withhold(participant);
    thread.event(
        () -> {
          production.participant(participant);
          if (life.state().isOpen()) {
            production.startWithSources();
          }
        });
  }

  /** Somebody is gone. */
  public void participantLeft(String participantId) {
    production.forget(participantId);
    thread.event(() -> production.left(participantId));
  }

  /** Moderators decided something; it is kept as soon as the disk takes it. */
  public void decided(Decisions latest) {
    if (file.decided(latest)) {
      thread.event(keepDecisions);
    }
  }

  /** Somebody drew, took back or cleared. */
  public void drawn(BoardChange change) {
    thread.event(() -> production.drawn(change));
  }

  /** The class is asked a question, or none any more where that is "". */
  public void asked(String question) {
    thread.event(() -> production.asked(question));
  }

  /** The loudest on stage changed. */
  public void speakerChanged(String participantId) {
    production.speaker(participantId);
  }

  /** Those who watch the program over WebRTC want other streams of it. */
  public void programWanted(Set<ProgramStream> streams) {
    production.wanted(streams);
  }

  /** A coded frame of the stage to be kept with the recording. */
  public void keptFrame(TrackView track, EncodedFrame frame) {
    production.keptFrame(track, frame);
  }

  /** A coded frame of the stage; goes into the program when its track is shown. */
  public void frame(TrackView track, EncodedFrame frame) {
    production.frame(track, frame);
  }
}
