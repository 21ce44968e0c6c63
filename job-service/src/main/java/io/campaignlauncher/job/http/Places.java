package io.campaignlauncher.job.http;

import java.util.concurrent.Semaphore;
import reactor.core.publisher.Mono;

/** Room for so many at a time. Who finds none is told so at once. */
final class Places {

    private final Semaphore free;
    private final int all;
    private final String whenTaken;

    /** @param whenTaken what is said then */
    Places(int all, String whenTaken) {
        this.free = new Semaphore(all);
        this.all = all;
        this.whenTaken = whenTaken;
    }

    /** @return fails with a {@link Problem} 503 where there is no room */
    <T> Mono<T> within(Mono<T> work) {
        return Mono.defer(() -> free.tryAcquire() ? work.doFinally(_ -> free.release())
                : Mono.error(Problem.noPlace(whenTaken)));
    }

    int taken() {
        return all - free.availablePermits();
    }
}
