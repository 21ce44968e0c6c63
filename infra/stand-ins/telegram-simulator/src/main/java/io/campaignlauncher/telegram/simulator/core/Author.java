package io.campaignlauncher.telegram.simulator.core;

/** Who made a message. */
record Author(long id, boolean isBot) {}
