package io.campaignlauncher.access.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an HTTP server goes.
 *
 * @param drain how long a service that was told to stop, and whose {@code server.shutdown} is {@code graceful}, still answers, so that
 *              callers hear to go elsewhere
 */
@ConfigurationProperties("launch.http")
record DrainSettings(@DefaultValue("2s") Duration drain) {}
