package io.campaignlauncher.telegram.simulator.core;

/**
 * A photo that Telegram has stored.
 *
 * @param id         by which the bot that got it may send it again
 * @param uniqueId   the same for the same bytes, whoever has them
 */
record PhotoFile(String id, String uniqueId, int width, int height, int bytes) {

    /** Of the small copy that goes with every photo. */
    static final int THUMBNAIL = 320;
}
