package io.campaignlauncher.launchfile;

/**
 * A date that others could read as another day, so that somebody looks at it.
 *
 * @param row     the first that has it
 * @param read    the text of the cell
 * @param inWords as it is understood
 */
public record ShownDate(int row, String column, String read, String inWords) {}
