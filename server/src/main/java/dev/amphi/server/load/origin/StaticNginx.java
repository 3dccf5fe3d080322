package dev.amphi.server.load.origin;

import dev.amphi.server.load.LoadFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** One worker of nginx that gives files from memory; the playlist is packed beforehand. */
final class StaticNginx implements AutoCloseable {
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Process master;
  private final int port;

  private StaticNginx(Process master, int port) {
    this.master = master;
    this.port = port;
  }

  /** Starts it over two files; {@code folder} should be in memory. */
  static StaticNginx start(Path folder, byte[] playlist, byte[] segment)
      throws LoadFailed, InterruptedException, IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.write(files.resolve("index.m3u8"), playlist);
    Files.write(files.resolve("index.m3u8.gz"), packed(playlist));
    Files.write(files.resolve("segment.m4s"), segment);
    int port = freePort();
    Path config = folder.resolve("nginx.conf");
    Files.writeString(config, config(folder, port));
    Process process =
        new ProcessBuilder(
                nginx(),
                "-p",
                folder.toString(),
                "-e",
                folder.resolve("error.log").toString(),
                "-c",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    StaticNginx server = new StaticNginx(process, port);
    server.awaitReady(folder);
    return server;
  }

  private static String config(Path folder, int port) {
    return """
        daemon off;
        %s
        worker_processes 1;
        worker_rlimit_nofile 20000;
        pid %s/nginx.pid;
        events { worker_connections 16384; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          tcp_nodelay on;
          keepalive_requests 1000000000;
          open_file_cache max=100 inactive=1h;
          open_file_cache_valid 1h;
          types { application/vnd.apple.mpegurl m3u8; video/mp4 m4s; }
          server {
            listen 127.0.0.1:%d;
            root %s/files;
            gzip_static on;
            add_header Access-Control-Allow-Origin *;
            add_header Access-Control-Expose-Headers "Content-Length, Content-Range, Date, Age";
            add_header Timing-Allow-Origin *;
            add_header Cache-Control "public, max-age=31536000, immutable";
          }
        }
        """
        .formatted(
            "root".equals(System.getProperty("user.name")) ? "user root;" : "",
            folder,
            port,
            folder);
  }

  private static byte[] packed(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    }
    return out.toByteArray();
  }

  /** Debian has it where only root looks. */
  private static String nginx() {
    return Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path folder) throws LoadFailed, InterruptedException, IOException {
    long deadline = System.nanoTime() + START_NANOS;
    while (master.isAlive() && System.nanoTime() - deadline < 0) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    close();
    throw new LoadFailed(
        "nginx did not start: " + Files.readString(folder.resolve("nginx.log")).strip());
  }

  /** The version, in words. */
  static String version() throws LoadFailed, InterruptedException {
    try {
      Process process = new ProcessBuilder(nginx(), "-v").redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said.strip().replace("nginx version: ", "") + ", one worker";
    } catch (IOException e) {
      throw new LoadFailed("nginx cannot be started: " + e.getMessage());
    }
  }

  /** The process that does the work. */
  long workerPid() throws LoadFailed {
    List<ProcessHandle> workers = master.toHandle().children().toList();
    if (workers.isEmpty()) {
      throw new LoadFailed("nginx has no worker.");
    }
    return workers.getFirst().pid();
  }

  URI playlist() {
    return URI.create("http://127.0.0.1:" + port + "/index.m3u8");
  }

  URI segment() {
    return URI.create("http://127.0.0.1:" + port + "/segment.m4s");
  }

  @Override
  public void close() {
    master.destroy();
    try {
      if (master.waitFor(5, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    master.destroyForcibly();
  }
}
