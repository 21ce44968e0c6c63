package io.campaignlauncher.market.model;

/** A command with who gave it. @param correlationId follows one request through all services */
public record IssuedCommand(Actor actor, String correlationId, MarketCommand command) {}
