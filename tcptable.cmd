@echo off
rem Runs the program from this checkout, where it has been built: see tcptable beside this file.
setlocal

set "jar="
set "home=%~dp0java-api\program\target"
for /f "delims=" %%f in ('dir /b "%home%\tcptable-program-*-all.jar" 2^>nul') do set "jar=%home%\%%f"
if not defined jar (
  echo tcptable: not built yet; run: mvn -q -Dmaven.test.skip -pl java-api/program -am package 1>&2
  exit /b 3
)

rem TCPTABLE_JAVA names a java.exe; 22 and later need no native library.
set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined TCPTABLE_JAVA set "java=%TCPTABLE_JAVA%"

rem The width of the console, which Java cannot ask for: the second number that MODE shows.
if not defined COLUMNS for /f "tokens=2 delims=:" %%c in ('mode con 2^>nul ^| findstr /r ":.*[0-9]"') do call :number %%c

"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -jar "%jar%" %*
exit /b %errorlevel%

:number
if defined COLUMNS exit /b 0
if defined lines (set "COLUMNS=%1") else (set "lines=%1")
exit /b 0
