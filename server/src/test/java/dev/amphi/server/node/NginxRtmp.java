package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** nginx with its RTMP module, which records each stream that it is sent into a file of its own. */
final class NginxRtmp implements AutoCloseable {
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  NginxRtmp(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    Files.createDirectories(folder.resolve("recorded"));
    Files.writeString(folder.resolve("nginx.conf"), config(folder, port));
  }

  private static String config(Path folder, int port) {
    return """
      load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log info;
      events { worker_connections 64; }
      rtmp {
        server {
          listen 127.0.0.1:%2$d;
          application live {
            live on;
            record all;
            record_path %1$s/recorded;
            record_unique on;
          }
        }
      }
      """
        .formatted(folder, port);
  }

  /** Starts it; it listens a moment later. */
  void start() throws IOException {
    process =
        new ProcessBuilder(
                "/usr/sbin/nginx",
                "-e",
                folder.resolve("error.log").toString(),
                "-p",
                folder.toString(),
                "-c",
                folder.resolve("nginx.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.log").toFile())
            .start();
  }

  String url(String key) {
    return "rtmp://127.0.0.1:" + port + "/live/" + key;
  }

  /** Ends it without a word. */
  void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** What it recorded, the oldest first. */
  List<Path> recorded() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("recorded"))) {
      return files.sorted().toList();
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }
}
