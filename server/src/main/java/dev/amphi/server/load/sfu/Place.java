package dev.amphi.server.load.sfu;

import dev.amphi.server.load.LoadFailed;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server runs: on a core of its own, and in a network namespace of its own with one
 * Ethernet link to this one. The load client has the other core; what the kernel does for arriving
 * packets is done there too (receive packet steering), as it would be on the subscribers' machines.
 */
final class Place implements AutoCloseable {
  /** A range for benchmarks (RFC 2544), of which this takes four addresses by its process id. */
  private static final String NETWORK = "198.18.%d.%d";

  private final String namespace;
  private final String address;
  private final List<String> before;

  private Place(String namespace, String address, List<String> before) {
    this.namespace = namespace;
    this.address = address;
    this.before = List.copyOf(before);
  }

  /** On loopback, on any core: for a look without root, not for figures. */
  static Place loopback() {
    return new Place("", "127.0.0.1", List.of());
  }

  /**
   * Makes a namespace.
   *
   * @param letter tells those of one run apart
   * @param serverCore the core that runs the server
   * @param clientCore the core that runs the load client
   */
  static Place namespace(char letter, int serverCore, int clientCore)
      throws LoadFailed, InterruptedException {
    long pid = ProcessHandle.current().pid();
    String name = "amphi-sfu-" + pid + letter;
    String outside = "ab" + pid % 1_000_000 + letter + "o";
    String inside = "ab" + pid % 1_000_000 + letter + "i";
    int third = (int) (pid % 250);
    int first = (letter - 'a') * 4;
    String client = NETWORK.formatted(third, first + 1);
    String server = NETWORK.formatted(third, first + 2);
    Shell.run(List.of("ip", "netns", "add", name));
    Place place =
        new Place(
            name,
            server,
            List.of("ip", "netns", "exec", name, "taskset", "-c", Integer.toString(serverCore)));
    boolean made = false;
    try {
      ip("link add " + outside + " type veth peer name " + inside + " netns " + name);
      ip("addr add " + client + "/30 dev " + outside);
      ip("link set " + outside + " up");
      ip("-n " + name + " addr add " + server + "/30 dev " + inside);
      ip("-n " + name + " link set " + inside + " up");
      ip("-n " + name + " link set lo up");
      place.steer(outside, clientCore, inside, serverCore);
      made = true;
    } finally {
      if (!made) {
        place.close();
      }
    }
    return place;
  }

  private static void ip(String arguments) throws LoadFailed, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments.split(" ", -1)));
    Shell.run(command);
  }

  private void steer(String outside, int clientCore, String inside, int serverCore)
      throws LoadFailed, InterruptedException {
    String queue = "/sys/class/net/%s/queues/rx-0/rps_cpus";
    echo(List.of(), clientCore, queue.formatted(outside));
    echo(List.of("ip", "netns", "exec", namespace), serverCore, queue.formatted(inside));
  }

  private static void echo(List<String> before, int core, String file)
      throws LoadFailed, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("sh", "-c", "echo " + Integer.toHexString(1 << core) + " > " + file));
    Shell.run(command);
  }

  /** Lets this process and all its threads run on one core only. */
  static void pinSelf(int core) throws LoadFailed, InterruptedException {
    Shell.run(
        List.of(
            "taskset",
            "-a",
            "-c",
            "-p",
            Integer.toString(core),
            Long.toString(ProcessHandle.current().pid())));
  }

  /** The server's address. */
  String address() {
    return address;
  }

  /** The words before a command that is to run here. */
  List<String> before() {
    return before;
  }

  @Override
  public void close() throws LoadFailed {
    if (namespace.isEmpty()) {
      return;
    }
    try {
      Shell.run(List.of("ip", "netns", "del", namespace));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
