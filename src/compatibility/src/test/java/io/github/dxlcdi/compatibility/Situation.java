package io.github.dxlcdi.compatibility;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** How an application can stand to the fabric when its end comes. */
enum Situation {
    NEVER_CONNECTED {
        @Override
        void before(OutsideFabric fabric) {
            fabric.nameSilentBroker();
        }

        @Override
        void reach(OutsideFabric fabric, Deployed application) {
            await().atMost(LIMIT).until(() -> application.phase().equals("connecting"));
        }
    },
    BACKING_OFF {
        @Override
        void reach(OutsideFabric fabric, Deployed application) {
            application.awaitReady();
            fabric.fabric().faults().stop();
            await().atMost(LIMIT)
                    .until(() -> !application.phase().equals("ready")
                            && application.lastError().contains("refused"));
        }

        @Override
        void after(OutsideFabric fabric) {
            fabric.fabric().faults().restart().join();
        }
    },
    CONNECTED {
        @Override
        void reach(OutsideFabric fabric, Deployed application) {
            application.awaitReady();
            fabric.publish("connected");
            await().atMost(LIMIT).until(() -> application.seen().contains("connected"));
        }
    },
    STALLED {
        @Override
        void reach(OutsideFabric fabric, Deployed application) {
            application.awaitReady();
            for (int i = 0; i < 10 * OutsideFabric.QUEUE_CAPACITY; i++) {
                fabric.publish("slow-" + i);
            }
            await().atMost(LIMIT)
                    .until(() -> application.seen().contains("slow-1")
                            && application.queueDepth() >= OutsideFabric.QUEUE_CAPACITY);
        }
    },
    OBSERVER_BLOCKED {
        @Override
        void reach(OutsideFabric fabric, Deployed application) {
            application.awaitReady();
            fabric.publish("blocked");
            await().atMost(LIMIT).until(() -> application.seen().contains("blocked"));
        }
    };

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** To be done before the application is deployed. */
    void before(OutsideFabric fabric) {
        fabric.nameItself();
    }

    /** Brings the application into it. */
    abstract void reach(OutsideFabric fabric, Deployed application);

    /** Makes the fabric whole again. */
    void after(OutsideFabric fabric) {}
}
