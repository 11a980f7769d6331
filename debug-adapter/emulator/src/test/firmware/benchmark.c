#include <stdint.h>
#include <stdio.h>
#include <string.h>
static uint32_t crc_table[256];
static void crc_init(void){for(uint32_t i=0;i<256;i++){uint32_t c=i;for(int k=0;k<8;k++)c=c&1?0xEDB88320u^(c>>1):c>>1;crc_table[i]=c;}}
static uint32_t crc(const uint8_t*p,int n){uint32_t c=~0u;while(n--)c=crc_table[(c^*p++)&255]^(c>>8);return ~c;}
static int16_t A[20][20],B[20][20];static int32_t C[20][20];
static void matmul(void){for(int i=0;i<20;i++)for(int j=0;j<20;j++){int32_t s=0;for(int k=0;k<20;k++)s+=A[i][k]*B[k][j];C[i][j]=s;}}
static uint8_t sieve[8192];
static int primes(void){memset(sieve,1,sizeof sieve);int n=0;for(int i=2;i<8192;i++)if(sieve[i]){n++;for(int j=2*i;j<8192;j+=i)sieve[j]=0;}return n;}
struct node{struct node*next;int v;};static struct node pool[200];
static struct node*sortlist(struct node*h){struct node*out=0;while(h){struct node*n=h->next;struct node**p=&out;while(*p&&(*p)->v<h->v)p=&(*p)->next;h->next=*p;*p=h;h=n;}return out;}
static int state(const char*s){int st=0,c=0;for(;*s;s++){switch(st){case 0:if(*s>='0'&&*s<='9')st=1;else if(*s=='.')st=2;else st=3;break;case 1:if(*s=='.')st=2;else if(*s==','){st=0;c++;}break;case 2:if(*s==','){st=0;c++;}break;default:if(*s==','){st=0;c+=2;}}}return c;}
int main(void){crc_init();uint32_t acc=0;static uint8_t buf[1024];for(int i=0;i<1024;i++)buf[i]=i*31;
for(int r=0;r<ITER;r++){buf[r&1023]^=r;acc^=crc(buf,1024);for(int i=0;i<20;i++)for(int j=0;j<20;j++){A[i][j]=i*r+j;B[i][j]=j-i*r;}matmul();acc+=C[3][7];acc+=primes();struct node*h=0;for(int i=0;i<200;i++){pool[i].v=(i*7919+r)%1009;pool[i].next=h;h=&pool[i];}h=sortlist(h);acc+=h->v;acc+=state("123,4.5,abc,99,.5,x,12.3,7");}
printf("%08lx\n",(unsigned long)acc);return 0;}
