package io.campaignlauncher.access.http;

import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Our own issuer in the same process as the service that asks: tokens are read as it reads them itself, so no address of its public
 * keys is needed. A bean of this type stands for {@code launch.security.jwks-uri}.
 */
@FunctionalInterface
public interface IssuerHere extends ReactiveJwtDecoder {}
