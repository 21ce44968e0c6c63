package io.campaignlauncher.simulator.core;

/**
 * A video as it is kept.
 *
 * @param size     that was announced
 * @param received bytes that came
 * @param sha256   of the bytes that came, in hexadecimal digits
 */
public record StoredVideo(String id, String title, long size, long received, String sha256, VideoStatus status) {}
