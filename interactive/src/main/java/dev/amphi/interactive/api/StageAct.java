package dev.amphi.interactive.api;

/**
 * What somebody did to a class or to somebody in it, or tried to.
 *
 * @param actor the participant's id
 * @param action the command's word, as {@code moderate remove}
 * @param target the id of whom it was done to, or ""
 * @param result {@code ok}, or the refusal's code
 */
public record StageAct(String actor, Role role, String action, String target, String result) {}
