package dev.amphi.server.slides;

import dev.amphi.composer.slides.SlideRenderer;
import dev.amphi.composer.slides.SlidesRefused;
import dev.amphi.composer.slides.SlidesRefused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The decks of this node's classes, each in a folder of its own, drawn two at a time, page by page
 * in turn. They end with their class, and do not outlive the node. Thread-safe.
 */
public final class DeckShelf implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DeckShelf.class.getName());

  /** Bytes of one PDF. */
  public static final long LARGEST_PDF = 50L * 1024 * 1024;

  /** Decks that one class may have. */
  public static final int MOST_DECKS = 8;

  /** Pages that are drawn at a time. */
  private static final int DRAWN_AT_ONCE = 2;

  /** Processes that there are at a time, drawing or waiting for their turn. */
  private static final int MOST_PROCESSES = 6;

  /** How long one who takes a deck away waits for its rendering to end. */
  private static final Duration LONGEST_END = Duration.ofSeconds(3);

  /** Where a PDF may begin (ISO 32000-2, 7.5.2, as readers take it). */
  private static final int HEADER_WITHIN = 1_024;

  private static final class Room {
    final Map<String, Deck> decks = new LinkedHashMap<>();
    final Map<String, DeckDrawing> drawings = new HashMap<>();
    final Map<String, Thread> renderings = new HashMap<>();
  }

  private final Path root;
  private final SlideRenderer renderer;
  private final Supplier<String> ids;
  private final Duration longestEnd;
  private final Semaphore processes = new Semaphore(MOST_PROCESSES, true);
  private final Semaphore rights = new Semaphore(DRAWN_AT_ONCE, true);
  private final Map<String, Room> rooms = new HashMap<>();
  private boolean closed;

  /**
   * @param root what is in it from an earlier run goes
   * @param ids gives a new deck's id: safe in a path, and not to be guessed
   */
  public DeckShelf(Path root, SlideRenderer renderer, Supplier<String> ids) {
    this(root, renderer, ids, LONGEST_END);
  }

  /**
   * @param longestEnd that a rendering is waited for when its deck is taken away; one that ends
   *     later removes itself what it has left behind
   */
  DeckShelf(Path root, SlideRenderer renderer, Supplier<String> ids, Duration longestEnd) {
    this.root = root;
    this.renderer = renderer;
    this.ids = ids;
    this.longestEnd = longestEnd;
    FolderRemoval.remove(root);
  }

  /**
   * Makes a place for a PDF that is on its way.
   *
   * @param roomId safe in a path
   * @return a file in a new folder of its own, not there yet
   */
  public synchronized Path expect(String roomId) throws IOException {
    return Files.createDirectories(root.resolve(roomId).resolve(ids.get())).resolve("slides.pdf");
  }

  /** Forgets a PDF that did not arrive. */
  public void drop(Path pdf) {
    Path folder = pdf.toAbsolutePath().getParent();
    if (folder != null) {
      FolderRemoval.remove(folder);
    }
  }

  /**
   * Takes a PDF that has arrived and begins to draw it.
   *
   * @throws SlidesRefused when it is none
   */
  public Deck add(String roomId, Path pdf, String name) throws SlidesRefused {
    Path folder = pdf.toAbsolutePath().getParent();
    if (folder == null || !isPdf(pdf)) {
      drop(pdf);
      throw new SlidesRefused(Reason.NOT_A_PDF);
    }
    Deck deck = new Deck(String.valueOf(folder.getFileName()), name, folder);
    synchronized (this) {
      Room room = rooms.computeIfAbsent(roomId, id -> new Room());
      if (closed || room.decks.size() >= MOST_DECKS) {
        drop(pdf);
        throw new SlidesRefused(Reason.UNAVAILABLE);
      }
      room.decks.put(deck.id(), deck);
      room.renderings.values().removeIf(thread -> !thread.isAlive());
      DeckDrawing drawing = new DeckDrawing(deck, pdf, renderer.allowance());
      room.drawings.put(deck.id(), drawing);
      start(roomId, room, drawing);
    }
    // What cannot be shown at all is not kept.
    CompletionStage<Deck.Page> first = deck.first();
    first.whenComplete(
        (page, refused) -> {
          if (refused != null) {
            delete(roomId, deck.id());
          }
        });
    return deck;
  }

  private void start(String roomId, Room room, DeckDrawing drawing) {
    room.renderings.put(
        drawing.deck().id(),
        Thread.ofPlatform().daemon().name("slides-" + roomId).start(() -> draw(roomId, drawing)));
  }

  /**
   * A page for a tile of that size, once it is drawn; the other pages follow at the same size.
   * Fails with {@link SlidesRefused} when it cannot be, or another size is wanted by then.
   */
  public CompletableFuture<Deck.Fitted> fit(
      String roomId, Deck deck, int page, int width, int height) {
    return deck.fit(page, width, height, () -> wake(roomId, deck));
  }

  private synchronized void wake(String roomId, Deck deck) {
    Room room = rooms.get(roomId);
    DeckDrawing drawing = room == null ? null : room.drawings.get(deck.id());
    if (room != null && drawing != null && !closed) {
      start(roomId, room, drawing);
    }
  }

  private static boolean isPdf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] begin = in.readNBytes(HEADER_WITHIN);
      boolean is = new String(begin, StandardCharsets.ISO_8859_1).contains("%PDF-");
      if (!is) {
        LOG.log(System.Logger.Level.INFO, "no PDF: {0} bytes of the first 1024", begin.length);
      }
      return is;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a PDF cannot be read: {0}", e.toString());
      return false;
    }
  }

  private void draw(String roomId, DeckDrawing drawing) {
    Deck deck = drawing.deck();
    try {
      processes.acquire();
      try (PageShare share = new PageShare(rights, deck::next)) {
        renderer.render(drawing.pdf(), deck.folder(), drawing, share, drawing.allowance());
      } finally {
        processes.release();
      }
      deck.drawnOnce();
    } catch (SlidesRefused refused) {
      deck.over(refused);
    } catch (InterruptedException e) {
      deck.over(new SlidesRefused(Reason.UNAVAILABLE));
      Thread.currentThread().interrupt();
    } finally {
      leave(roomId, deck);
    }
  }

  /** Whoever took the deck away may not have waited for its rendering. */
  private void leave(String roomId, Deck deck) {
    if (find(roomId, deck.id()).isPresent()) {
      return;
    }
    FolderRemoval.remove(deck.folder());
    synchronized (this) {
      if (!rooms.containsKey(roomId)) {
        FolderRemoval.removeEmpty(root.resolve(roomId));
      }
    }
  }

  /** Whether a class may have one more. */
  public synchronized boolean mayAdd(String roomId) {
    Room room = rooms.get(roomId);
    return room == null || room.decks.size() < MOST_DECKS;
  }

  /** The deck with this id. */
  public synchronized Optional<Deck> find(String roomId, String deckId) {
    Room room = rooms.get(roomId);
    return room == null ? Optional.empty() : Optional.ofNullable(room.decks.get(deckId));
  }

  /** Those of a class, in the order in which they came. */
  public synchronized List<Deck> decks(String roomId) {
    Room room = rooms.get(roomId);
    return room == null ? List.of() : List.copyOf(room.decks.values());
  }

  /** Takes a deck away with its files; false where there is none. */
  public boolean delete(String roomId, String deckId) {
    Deck gone;
    Thread rendering;
    synchronized (this) {
      Room room = rooms.get(roomId);
      gone = room == null ? null : room.decks.remove(deckId);
      rendering = room == null ? null : room.renderings.remove(deckId);
      if (room != null) {
        room.drawings.remove(deckId);
      }
    }
    if (gone == null) {
      return false;
    }
    gone.over(new SlidesRefused(Reason.UNAVAILABLE));
    end(rendering == null ? List.of() : List.of(rendering));
    FolderRemoval.remove(gone.folder());
    return true;
  }

  /** Takes all away that a class had. */
  public void forget(String roomId) {
    Room gone;
    synchronized (this) {
      gone = rooms.remove(roomId);
    }
    if (gone != null) {
      gone.decks.values().forEach(deck -> deck.over(new SlidesRefused(Reason.UNAVAILABLE)));
      end(gone.renderings.values());
    }
    FolderRemoval.remove(root.resolve(roomId));
  }

  /** Ends renderings before their folders go: what still draws would leave pages behind. */
  private void end(Collection<Thread> renderings) {
    // A deck that cannot be shown is taken away by the thread that found out.
    List<Thread> others =
        renderings.stream().filter(thread -> thread != Thread.currentThread()).toList();
    others.forEach(Thread::interrupt);
    long endNanos = System.nanoTime() + longestEnd.toNanos();
    try {
      for (Thread thread : others) {
        if (!thread.join(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())))) {
          LOG.log(System.Logger.Level.WARNING, "{0} does not end", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    List<String> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(rooms.keySet());
    }
    all.forEach(this::forget);
  }
}
