package dev.amphi.packager.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A caching proxy in front of a node, with the configuration that is delivered. */
final class Edge implements AutoCloseable {
  /** Shared with the node. */
  static final String KEY = "an edge key of thirty-two letters";

  private static final Path DEPLOY = Path.of("..", "deploy");

  private final Process process;
  private final int port;
  private final String base;
  private final @Nullable Edge behind;

  private Edge(Process process, int port, String base, @Nullable Edge behind) {
    this.process = process;
    this.port = port;
    this.base = base;
    this.behind = behind;
  }

  /** As {@code https://127.0.0.1:4711}. */
  String base() {
    return base;
  }

  /** Starts the one, the other, or the one before the other. */
  static Edge start(String program, Path folder, int nodePort) throws IOException {
    return switch (program) {
      case "nginx" -> nginx("amphi.conf", folder, "127.0.0.1:8080", nodePort, null);
      case "varnish" -> varnish(folder, nodePort);
      default -> {
        Edge varnish = varnish(Files.createDirectory(folder.resolve("varnish")), nodePort);
        yield nginx("amphi-tls.conf", folder, "127.0.0.1:6081", varnish.port, varnish);
      }
    };
  }

  private static Edge nginx(
      String configuration, Path folder, String upstream, int upstreamPort, @Nullable Edge behind)
      throws IOException {
    int port = freePort();
    certificate(folder);
    Files.writeString(
        folder.resolve("edge-key"), "map \"\" $amphi_edge_key { default \"" + KEY + "\"; }\n");
    String site =
        Files.readString(DEPLOY.resolve("nginx").resolve(configuration))
            .replace(upstream, "127.0.0.1:" + upstreamPort)
            .replace("/etc/nginx/amphi-edge-key", folder.resolve("edge-key").toString())
            .replace("/var/cache/nginx/", folder + "/")
            .replace("/var/log/nginx/", folder + "/")
            .replace("/etc/ssl/certs/amphi.pem", folder.resolve("cert.pem").toString())
            .replace("/etc/ssl/private/amphi.key", folder.resolve("key.pem").toString())
            .replace("listen 80;", "listen 127.0.0.1:" + freePort() + ";")
            .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl");
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        %s
        worker_processes 1;
        pid %s/nginx.pid;
        events { worker_connections 1024; }
        http {
        client_body_temp_path %s/body;
        proxy_temp_path %s/proxy;
        fastcgi_temp_path %s/fastcgi;
        uwsgi_temp_path %s/uwsgi;
        scgi_temp_path %s/scgi;
        %s
        }
        """
            .formatted(
                "root".equals(System.getProperty("user.name")) ? "user root;" : "",
                folder,
                folder,
                folder,
                folder,
                folder,
                folder,
                site));
    return run(
        List.of(
            sbin("nginx"),
            "-p",
            folder.toString(),
            "-e",
            folder.resolve("error.log").toString(),
            "-c",
            folder.resolve("nginx.conf").toString()),
        folder,
        port,
        "https://127.0.0.1:" + port,
        behind);
  }

  private static Edge varnish(Path folder, int nodePort) throws IOException {
    int port = freePort();
    Files.writeString(
        folder.resolve("amphi-edge.vcl"),
        "sub amphi_edge { set bereq.http.Amphi-Edge = \"" + KEY + "\"; }\n");
    String vcl =
        Files.readString(DEPLOY.resolve("varnish/amphi.vcl"))
            .replace("\"8080\"", "\"" + nodePort + "\"")
            .replace("/etc/varnish/amphi-edge.vcl", folder.resolve("amphi-edge.vcl").toString());
    Files.writeString(folder.resolve("amphi.vcl"), vcl);
    return run(
        List.of(
            sbin("varnishd"),
            "-F",
            "-j",
            "none",
            "-n",
            folder.resolve("work").toString(),
            "-a",
            "127.0.0.1:" + port,
            "-f",
            folder.resolve("amphi.vcl").toString(),
            "-s",
            "malloc,64m",
            "-p",
            "vcc_allow_inline_c=off",
            "-p",
            "thread_pool_min=5"),
        folder,
        port,
        "http://127.0.0.1:" + port,
        null);
  }

  private static Edge run(
      List<String> command, Path folder, int port, String base, @Nullable Edge behind)
      throws IOException {
    Path log = folder.resolve("edge.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Edge edge = new Edge(process, port, base, behind);
    try {
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> !process.isAlive() || listens(port));
    } catch (RuntimeException e) {
      edge.close();
      throw e;
    }
    if (!process.isAlive()) {
      throw new IOException(command.getFirst() + " ended: " + Files.readString(log));
    }
    return edge;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Debian has them where only root looks. */
  private static String sbin(String program) {
    Path there = Path.of("/usr/sbin", program);
    return Files.isExecutable(there) ? there.toString() : program;
  }

  private static void certificate(Path folder) throws IOException {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("cert.pem").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (openssl.waitFor() != 0) {
        throw new IOException("openssl made no certificate.");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (behind != null) {
      behind.close();
    }
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
