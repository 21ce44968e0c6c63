package io.campaignlauncher.market.model;

/**
 * Who caused an event, as it is kept for ever.
 *
 * @param userId        the subject; {@code system} for the marketplace itself
 * @param role          the role in which they acted, as it was then
 * @param tenant        whose world it is
 * @param correlationId follows one request through all services
 */
public record Cause(String userId, Role role, String tenant, String correlationId) {}
