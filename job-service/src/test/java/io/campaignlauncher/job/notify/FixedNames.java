package io.campaignlauncher.job.notify;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** A name service in which every name stands for the same addresses. */
final class FixedNames extends AddressResolverGroup<InetSocketAddress> {

    private final List<InetAddress> addresses;

    FixedNames(String... addresses) {
        this.addresses = Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {

            @Override
            protected void doResolve(String name, Promise<InetAddress> promise) {
                promise.setSuccess(addresses.getFirst());
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                promise.setSuccess(addresses);
            }
        });
    }
}
