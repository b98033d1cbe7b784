package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StreamingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Local properties in the jobs of streams (behaviour spec 2.3 and 5.4). */
class LocalPropertiesTest {
    private static final List<String> KEYS =
            List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel", "customPropKey");

    private static Map<String, String> propertiesOf(MillraceContext context) {
        Map<String, String> properties = new HashMap<>();
        KEYS.forEach(key -> properties.put(key, context.getLocalProperty(key)));
        return properties;
    }

    @Test
    void streamsRunWithThePropertiesThatTheStartingThreadHadAtTheStart() throws Exception {
        for (String master : List.of("local[0]", "local[2]")) {
            Map<String, String> inOutput = new HashMap<>();
            CountDownLatch told = new CountDownLatch(1);
            MillraceConf conf = new MillraceConf(false).setMaster(master).setAppName("properties");
            try (StreamingContext ssc = new StreamingContext(conf, milliseconds(5))) {
                MillraceContext context = ssc.millraceContext();
                context.setJobGroup("non-streaming", "non-streaming", true);
                context.setLocalProperty("customPropKey", "value1");
                ssc.pushStream(Integer.class).foreachRDD(rdd -> {
                    if (told.getCount() > 0) {
                        inOutput.putAll(propertiesOf(rdd.context()));
                        told.countDown();
                    }
                });
                ssc.start();
                context.setLocalProperty("customPropKey", "value2");
                while (!told.await(1, TimeUnit.MILLISECONDS)) {
                    ssc.awaitTerminationOrTimeout(1);
                }
                assertEquals("non-streaming", context.getLocalProperty("spark.jobGroup.id"));
                assertEquals("non-streaming", context.getLocalProperty("spark.job.description"));
                assertEquals("true", context.getLocalProperty("spark.job.interruptOnCancel"));
                assertEquals("value2", context.getLocalProperty("customPropKey"));
            }
            assertNull(inOutput.get("spark.jobGroup.id"), master);
            assertTrue(inOutput.get("spark.job.description").startsWith("Streaming job from"), inOutput.toString());
            assertEquals("false", inOutput.get("spark.job.interruptOnCancel"));
            assertEquals("value1", inOutput.get("customPropKey"));
        }
    }
}
