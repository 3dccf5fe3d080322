package dev.amphi.packager.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks, once, for what the store has and this disk does not: of what was finished it brings all
 * but the media back, of what was not finished everything.
 */
final class Restoration implements Errand {
  private static final System.Logger LOG = System.getLogger(Restoration.class.getName());
  private static final int MOST_RECORDINGS = 10_000;
  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_=-]{1,200}");

  private final ObjectStore store;
  private final String prefix;
  private final Path root;
  private final Path workshop;
  private final Consumer<Path> restored;
  private final ArrayDeque<String> rooms = new ArrayDeque<>();
  private final ArrayDeque<String> recordings = new ArrayDeque<>();
  private @Nullable FolderRestore current;
  private String lastRoom = "";
  private String lastRecording = "";
  private boolean allRooms;
  private int brought;

  /**
   * @param root of all rooms' folders
   * @param workshop a folder of the same file system, where they are put together
   * @param restored hears of each folder that is there again
   */
  Restoration(ObjectStore store, String prefix, Path root, Path workshop, Consumer<Path> restored) {
    this.store = store;
    this.prefix = prefix;
    this.root = root;
    this.workshop = workshop;
    this.restored = restored;
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public Rank rank() {
    return Rank.RESTORATION;
  }

  @Override
  public boolean isReady(long nowNanos) {
    return true;
  }

  @Override
  public boolean step(long nowNanos) throws IOException {
    FolderRestore going = current;
    if (going != null) {
      bring(going);
    } else if (!recordings.isEmpty()) {
      consider(recordings.remove());
    } else if (!rooms.isEmpty()) {
      List<String> page = folders(rooms.getFirst(), lastRecording);
      lastRecording = page.isEmpty() ? "" : page.getLast();
      if (page.isEmpty()) {
        rooms.remove();
      }
      recordings.addAll(page);
    } else if (!allRooms) {
      List<String> page = folders(prefix, lastRoom);
      lastRoom = page.isEmpty() ? lastRoom : page.getLast();
      allRooms = page.isEmpty();
      rooms.addAll(page);
    } else {
      return true;
    }
    return brought >= MOST_RECORDINGS && over();
  }

  private static boolean over() {
    LOG.log(
        System.Logger.Level.WARNING,
        "the object store has more recordings than the {0} that are listed at a start",
        MOST_RECORDINGS);
    return true;
  }

  private List<String> folders(String below, String after) throws IOException {
    return store.folders(below, after);
  }

  /** What is here already is as it is here. */
  private void consider(String base) {
    String[] names = base.substring(prefix.length()).split("/", -1);
    if (names.length != 3
        || !FOLDER.matcher(names[0]).matches()
        || !FOLDER.matcher(names[1]).matches()) {
      LOG.log(System.Logger.Level.WARNING, "no recording is called {0} in the store", base);
      return;
    }
    Path folder = root.resolve(names[0]).resolve(names[1]);
    if (!Files.exists(folder)) {
      current = new FolderRestore(store, base, folder, workshop);
    }
  }

  private void bring(FolderRestore going) throws IOException {
    try {
      if (going.step()) {
        current = null;
        if (going.isThere()) {
          brought++;
          restored.accept(going.folder());
        }
      }
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.AWAY || e.kind() == StoreException.Kind.REFUSED) {
        throw e;
      }
      leave(going, e);
    } catch (IOException e) {
      leave(going, e);
    }
  }

  private void leave(FolderRestore going, IOException why) {
    current = null;
    LOG.log(
        System.Logger.Level.WARNING,
        "the recording {0} stays in the store, it could not be brought back: {1}",
        going.folder(),
        why.toString());
  }
}
