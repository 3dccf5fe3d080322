package dev.amphi.server.push;

import dev.amphi.composer.push.SrtCall;
import dev.amphi.composer.push.SrtProcess;
import dev.amphi.packager.push.CodedFormat;
import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import dev.amphi.packager.push.SrtOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** SRT, by a child process of its own. */
final class SrtOutlet implements Outlet {
  private static final System.Logger LOG = System.getLogger(SrtOutlet.class.getName());
  private static final String CALL_MILLIS = "5000";
  private static final String SEND_MICROS = "8000000";

  private final Destination destination;
  private final Reach reach;
  private final CodedFormat picture;
  private final CodedFormat sound;
  private final Turns.Turn turn;
  private final SrtProcess process = SrtProcess.likeThisProcess();

  /**
   * @param picture what comes, as it was coded when the connection was asked for
   * @param starts of children, of which a node bears few at once
   */
  SrtOutlet(
      Destination destination, Reach reach, CodedFormat picture, CodedFormat sound, Turns starts) {
    this.destination = destination;
    this.reach = reach;
    this.picture = picture;
    this.sound = sound;
    this.turn = starts.turn();
  }

  @Override
  public void await() throws InterruptedException {
    turn.await();
  }

  @Override
  public void open() throws PushFailure {
    try {
      String address = reach.addresses(destination).getFirst().getHostAddress();
      if (!process.call(call(address))) {
        throw passing(
            "Nobody takes the SRT call at "
                + destination.authority()
                + ": is there a listener, and are streamid and passphrase right?");
      }
    } catch (IOException e) {
      throw passing("SRT to " + destination.authority() + " could not be started.");
    } finally {
      turn.close();
    }
  }

  private SrtCall call(String address) {
    return new SrtCall(
        address,
        destination.port(),
        options(),
        picture.width(),
        picture.height(),
        picture.config(),
        sound.config());
  }

  /** As FFmpeg names them; its latency is in microseconds. */
  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>(destination.options());
    options.put("mode", "caller");
    options.put("transtype", "live");
    options.put("connect_timeout", CALL_MILLIS);
    options.put("timeout", SEND_MICROS);
    options.computeIfPresent(
        SrtOptions.LATENCY,
        (name, millis) -> String.valueOf(TimeUnit.MILLISECONDS.toMicros(Integer.parseInt(millis))));
    return options;
  }

  @Override
  public void send(CodedSample sample) throws PushFailure {
    CodedFormat told = sample.format().video() ? picture : sound;
    if (!told.sameConfig(sample.format())) {
      throw passing("The program is coded in another way since it began anew.");
    }
    try {
      process.send(sample.format().video(), sample.sync(), sample.timeNanos(), sample.payload());
    } catch (IOException e) {
      throw passing("The SRT connection to " + destination.authority() + " broke.");
    }
  }

  private static PushFailure passing(String sentence) {
    return new PushFailure(PushFailure.Kind.PASSING, sentence);
  }

  @Override
  public void finish() {
    try {
      process.finish();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} heard no end: {1}", destination, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.close();
    turn.close(); // who waits for it finds the process closed
  }
}
