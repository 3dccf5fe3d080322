package dev.amphi.packager.vault;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Erases all that a store has of a folder: what its media cannot be read without first, uploads
 * that were never finished too. It can be stopped anywhere and run again.
 */
final class RemoteErasure implements Errand {
  private final ObjectStore store;
  private final String name;
  private final String base;
  private final CompletableFuture<Void> erased;
  private final Runnable gone;
  private boolean keyGone;

  /**
   * @param gone hears that nothing is left
   * @param erased done when nothing is left; failed when that takes longer, and still goes on
   */
  RemoteErasure(
      ObjectStore store, String name, String base, Runnable gone, CompletableFuture<Void> erased) {
    this.store = store;
    this.name = name;
    this.base = base;
    this.gone = gone;
    this.erased = erased;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Rank rank() {
    return Rank.ERASURE;
  }

  @Override
  public boolean isReady(long nowNanos) {
    return true;
  }

  @Override
  public boolean step(long nowNanos) throws IOException {
    if (!keyGone) {
      store.delete(
          List.of(
              base + FolderFiles.KEY,
              LiveShipment.key(base, FolderFiles.KEY, 0),
              base + FolderShipment.MANIFEST));
      keyGone = true;
      return false;
    }
    List<ObjectStore.Listed> page = store.list(base, "");
    if (!page.isEmpty()) {
      store.delete(page.stream().map(ObjectStore.Listed::key).toList());
      return false;
    }
    List<ObjectStore.Upload> uploads = store.unfinished(base);
    for (ObjectStore.Upload upload : uploads) {
      store.abort(upload);
    }
    gone.run();
    erased.complete(null);
    return true;
  }

  @Override
  public void failed(IOException why) {
    erased.completeExceptionally(why);
  }
}
