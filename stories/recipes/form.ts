export function orderForm(form: HTMLFormElement): void {
  const [recognizer] = form.getElementsByTagName('digit-recognizer');
  const [output] = form.getElementsByTagName('output');

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // A server would get new FormData(form): table=7.
    output.value = `Your order goes to table ${recognizer.value}.`;
  });
}
