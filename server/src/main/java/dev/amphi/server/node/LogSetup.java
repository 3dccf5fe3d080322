package dev.amphi.server.node;

import dev.amphi.server.config.ServerConfig.LogFormat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log on standard error: one line for each record, for people or as JSON. */
public final class LogSetup {
  // Held, because java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger ICE = Logger.getLogger("org.ice4j");
  private static final Logger JITSI = Logger.getLogger("org.jitsi");
  private static final Logger JITSI_CONFIG = Logger.getLogger("JitsiConfig");

  /** It warns of Java modules that only its benchmarks need open. */
  private static final Logger HAZELCAST_START =
      Logger.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory");

  private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

  private LogSetup() {}

  /** Takes over the root logger. */
  public static void apply(LogFormat format) {
    boolean human = format == LogFormat.HUMAN || (format == LogFormat.AUTO && terminal());
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler handler = new ConsoleHandler();
    handler.setFormatter(human ? new HumanLine() : new JsonLine());
    root.addHandler(handler);
    ICE.setLevel(Level.WARNING);
    JITSI.setLevel(Level.WARNING);
    JITSI_CONFIG.setLevel(Level.WARNING);
    HAZELCAST.setLevel(Level.WARNING);
    HAZELCAST_START.setLevel(Level.SEVERE);
  }

  /** Whether standard error is a terminal; where that cannot be asked it is taken for none. */
  public static boolean terminal() {
    try {
      return Path.of("/proc/self/fd/2").toRealPath().startsWith("/dev/pts");
    } catch (IOException e) {
      return false;
    }
  }

  private static String thrown(LogRecord entry) {
    if (entry.getThrown() == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    entry.getThrown().printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String source(LogRecord entry) {
    String name = String.valueOf(entry.getLoggerName());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static final class HumanLine extends Formatter {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord entry) {
      return "%s %-7s %s: %s%n%s"
          .formatted(
              TIME.format(entry.getInstant()),
              entry.getLevel(),
              source(entry),
              formatMessage(entry),
              thrown(entry));
    }
  }

  private static final class JsonLine extends Formatter {
    @Override
    public String format(LogRecord entry) {
      JsonObject json =
          new JsonObject()
              .put("at", entry.getInstant().toString())
              .put("level", entry.getLevel().getName())
              .put("source", source(entry))
              .put("message", formatMessage(entry));
      if (entry.getThrown() != null) {
        json.put("thrown", thrown(entry));
      }
      return json.encode() + System.lineSeparator();
    }
  }
}
