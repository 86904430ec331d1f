package shop;

import io.github.cdkheadgate.balancing.TargetGroup;
import io.github.cdkheadgate.core.SiteStack;
import software.amazon.awscdk.App;
import software.amazon.awscdk.services.ec2.Vpc;

/** A weight that no balancer takes: what an app's author sees is what the library says. */
public class Refused {
    public static void main(String[] args) {
        SiteStack stack = new SiteStack(new App(), "Shop");
        TargetGroup group = TargetGroup.Builder.create(stack, "Web").vpc(new Vpc(stack, "Vpc")).port(8080).build();
        try {
            group.weighted(1000);
        } catch (RuntimeException refusal) {
            System.out.println(refusal.getMessage());
        }
    }
}
