package io.campaignlauncher.simulator.core;

/**
 * An image as it is kept.
 *
 * @param bytes its size
 */
public record StoredImage(String hash, String name, int bytes) {}
