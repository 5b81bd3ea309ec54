// SPDX-License-Identifier: Apache-2.0
package sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web application with tcptable-spring-boot-starter on its class path, and nothing more. */
@SpringBootApplication
public class SampleApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(SampleApplication.class, arguments);
  }
}
