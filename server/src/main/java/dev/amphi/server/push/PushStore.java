package dev.amphi.server.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where classes' pushes go, with their secrets, for when the node comes back: a file for each class
 * that only the node's user can read, replaced whole, gone when the class ends.
 */
final class PushStore {
  private static final System.Logger LOG = System.getLogger(PushStore.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".pushes";
  private static final String OWNER_ONLY = "rw-------";

  private final Optional<Path> folder;

  private PushStore(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Keeps them in a folder that is there when the first is kept. */
  static PushStore in(Path folder) {
    return new PushStore(Optional.of(folder));
  }

  /** Keeps nothing. */
  static PushStore none() {
    return new PushStore(Optional.empty());
  }

  /** Keeps a class's pushes as they are now; a disk that fails costs their return. */
  void keep(String roomId, List<PushSpec> specs) {
    if (folder.isEmpty()) {
      return;
    }
    if (specs.isEmpty()) {
      forget(roomId);
      return;
    }
    try {
      Path fresh = fresh(folder.get(), roomId);
      Files.deleteIfExists(fresh); // of a node that died meanwhile
      write(fresh, JSON.writeValueAsBytes(array(specs)));
      Files.move(
          fresh,
          file(folder.get(), roomId),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "room=" + roomId + " pushes are not kept: " + e.getClass());
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  private static ArrayNode array(List<PushSpec> specs) {
    ArrayNode all = JSON.createArrayNode();
    for (PushSpec spec : specs) {
      ObjectNode one = all.addObject();
      one.put("id", spec.id());
      one.put("name", spec.name());
      one.put("rendition", spec.rendition());
      one.put("url", spec.destination().url());
      one.put("key", spec.destination().key());
    }
    return all;
  }

  /**
   * What was kept of a class, but for pushes that cannot be read; a whole file may count as none.
   */
  List<PushSpec> read(String roomId) {
    List<PushSpec> specs = new ArrayList<>();
    if (folder.isEmpty() || !Files.exists(file(folder.get(), roomId))) {
      return specs;
    }
    try {
      for (JsonNode one : JSON.readTree(Files.readAllBytes(file(folder.get(), roomId)))) {
        try {
          specs.add(
              new PushSpec(
                  one.path("id").asText(),
                  one.path("name").asText(),
                  Destination.of(one.path("url").asText(), one.path("key").asText()),
                  one.path("rendition").asText()));
        } catch (PushFailure e) {
          unreadable(roomId, e.getClass().getSimpleName());
        }
      }
    } catch (JsonProcessingException e) {
      unreadable(roomId, e.getClass().getSimpleName()); // its message might repeat a secret
    } catch (IOException e) {
      unreadable(roomId, String.valueOf(e.getMessage()));
    }
    return specs;
  }

  private static void unreadable(String roomId, String why) {
    LOG.log(System.Logger.Level.WARNING, "room={0} pushes cannot be read: {1}", roomId, why);
  }

  /** The class's pushes do not come back. */
  void forget(String roomId) {
    if (folder.isPresent()) {
      try {
        Files.deleteIfExists(fresh(folder.get(), roomId));
        Files.deleteIfExists(file(folder.get(), roomId));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "room=" + roomId + " pushes are not forgotten", e);
      }
    }
  }

  private static Path fresh(Path folder, String roomId) {
    return folder.resolve(roomId + SUFFIX + ".new");
  }

  /** Room ids are safe in paths: letters, digits, '_' and '-'. */
  private static Path file(Path folder, String roomId) {
    return folder.resolve(roomId + SUFFIX);
  }
}
