package io.millrace.scenario;

import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.testkit.recovery.RecoveryGame;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs whose processes end at random operations of the disk lose nothing, double nothing and give what plain loops give. A
 * failure prints its seed; {@code -Dmillrace.test.chains=10000} plays more of them, and {@code scripts/campaign sim} as long as it is told.
 */
class RandomRecoveryTest {
    private static final int GAMES = Integer.getInteger("millrace.test.chains", 60);
    private static final long FIRST_SEED = Long.getLong("millrace.test.seed", 0x4EC0_0000L);

    @TempDir
    Path folder;

    @Test
    void whateverEndsAProcessNothingIsLostDoubledOrWrong() throws Exception {
        for (int game = 0; game < GAMES; game++) {
            long seed = FIRST_SEED + game;
            try {
                RecoveryGame.play(seed, folder);
            } catch (AssertionError wrong) {
                fail("with -Dmillrace.test.seed=" + seed + " -Dmillrace.test.chains=1: " + wrong.getMessage(), wrong);
            }
        }
    }
}
