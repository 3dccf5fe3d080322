package dev.amphi.composer.layout;

/**
 * Somebody or something that wants a place.
 *
 * @param id the participant's id, or an id of the share's own
 * @param share whether it is a shared screen, which is never cropped
 */
public record Member(String id, boolean share) {}
