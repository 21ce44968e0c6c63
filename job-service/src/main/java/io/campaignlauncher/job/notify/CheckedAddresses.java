package io.campaignlauncher.job.notify;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Resolves names, and lets only addresses through that may be connected to. A connection goes to what came out of here and is
 * not resolved again, so a name cannot mean one address when it is checked and another when it is used.
 */
final class CheckedAddresses extends AddressResolverGroup<InetSocketAddress> {

    private final AddressResolverGroup<InetSocketAddress> names;
    private final Predicate<InetAddress> allowed;

    /** @param names closed together with this one */
    CheckedAddresses(AddressResolverGroup<InetSocketAddress> names, Predicate<InetAddress> allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor, names.getResolver(executor), allowed);
    }

    @Override
    public void close() {
        super.close();
        names.close();
    }

    private static final class Resolver extends AbstractAddressResolver<InetSocketAddress> {

        private final AddressResolver<InetSocketAddress> names;
        private final Predicate<InetAddress> allowed;

        Resolver(EventExecutor executor, AddressResolver<InetSocketAddress> names, Predicate<InetAddress> allowed) {
            super(executor, InetSocketAddress.class);
            this.names = names;
            this.allowed = allowed;
        }

        /** Never: an IP address has to pass here as well. */
        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return false;
        }

        @Override
        protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
            Promise<List<InetSocketAddress>> all = executor().newPromise();
            all.addListener((Future<List<InetSocketAddress>> found) -> {
                if (found.isSuccess()) {
                    promise.trySuccess(found.getNow().getFirst());
                } else {
                    promise.tryFailure(found.cause());
                }
            });
            doResolveAll(address, all);
        }

        @Override
        protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
            if (!address.isUnresolved()) {
                check(address, List.of(address), promise);
                return;
            }
            FutureListener<List<InetSocketAddress>> checked = found -> {
                if (found.isSuccess()) {
                    check(address, found.getNow(), promise);
                } else {
                    promise.tryFailure(found.cause());
                }
            };
            names.resolveAll(address).addListener(checked);
        }

        private void check(InetSocketAddress asked, List<InetSocketAddress> found,
                Promise<List<InetSocketAddress>> promise) {
            var passed = found.stream().filter(one -> !one.isUnresolved() && allowed.test(one.getAddress())).toList();
            if (passed.isEmpty()) {
                promise.tryFailure(
                        new UnknownHostException(asked.getHostString() + " has no address that may be told"));
            } else {
                promise.trySuccess(passed);
            }
        }
    }
}
