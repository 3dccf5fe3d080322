package dev.amphi.interactive.api;

/**
 * The page of slides that the class looks at.
 *
 * @param deck the id of the slides that it belongs to
 * @param page from 1
 * @param pages how many the deck has
 * @param name of the file that they came in
 * @param title the page's own, or ""
 * @param width pixels of its picture
 * @param height pixels of its picture
 */
public record SlidesUp(
    String deck, int page, int pages, String name, String title, int width, int height) {}
